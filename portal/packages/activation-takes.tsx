import { makeStyles, Text, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircleRegular,
  HourglassRegular,
  PersonAvailableRegular,
  ShieldKeyholeRegular,
  TextBulletListSquareRegular,
  TicketDiagonalRegular,
} from '@fluentui/react-icons';
import type { PackageContents } from '../../src/entitlements/contents/contract.ts';
import { useWords } from '../words/use-words.ts';

/** What activating takes, by the rules in force. */
export type Activation = NonNullable<PackageContents['gives'][number]['activation']>;

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: '2px' },
  item: {
    display: 'flex',
    gap: tokens.spacingHorizontalXS,
    alignItems: 'center',
    color: tokens.colorNeutralForeground2,
    '& svg': { flexShrink: 0 },
  },
});

/** What activating takes, a line each. */
export function ActivationTakes({ activation }: { readonly activation: Activation }) {
  const styles = useStyles();
  const { t } = useWords();
  const takes = useTakes()(activation);
  return (
    <ul className={styles.list} aria-label={t('access.takes')}>
      {takes.map(({ icon, said }) => (
        <li key={said} className={styles.item}>
          {icon}
          <Text size={200}>{said}</Text>
        </li>
      ))}
    </ul>
  );
}

/** What activating takes, in words. */
export function useTakes() {
  const { t, duration } = useWords();
  return (activation: Activation) => [
    {
      icon: <HourglassRegular aria-hidden />,
      said: t('access.takes.duration', { maximum: duration(activation.maximumDuration) }),
    },
    ...(activation.isMfaRequired ? [{ icon: <ShieldKeyholeRegular aria-hidden />, said: t('access.takes.mfa') }] : []),
    ...(activation.authenticationContext === null
      ? []
      : [
          {
            icon: <PersonAvailableRegular aria-hidden />,
            said: t('access.takes.context', { context: activation.authenticationContext }),
          },
        ]),
    ...(activation.isJustificationRequired
      ? [{ icon: <TextBulletListSquareRegular aria-hidden />, said: t('access.takes.justification') }]
      : []),
    ...(activation.isTicketRequired
      ? [{ icon: <TicketDiagonalRegular aria-hidden />, said: t('access.takes.ticket') }]
      : []),
    ...(activation.needsApproval
      ? [{ icon: <CheckmarkCircleRegular aria-hidden />, said: t('access.takes.approval') }]
      : []),
  ];
}
