import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { ChevronRightRegular } from '@fluentui/react-icons';
import type { HeldWay } from '../../src/desk/holding/contract.ts';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({
  path: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  step: { display: 'inline-flex', flexWrap: 'wrap', alignItems: 'baseline', gap: tokens.spacingHorizontalXS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** How somebody came to a privilege: package, group, role, from the person on. */
export function WayLine({ way }: { readonly way: HeldWay }) {
  const styles = useStyles();
  const { t } = useWords();
  // What comes after a group was given to the group, not to the person.
  const cameBy = ({ origin, mode, accessPackage }: HeldWay['path'][number], index: number) =>
    index > 0 && origin === 'assigned'
      ? t(`roles.origin.ofGroup.${mode}`)
      : t(`roles.origin.${origin}`, { name: accessPackage?.displayName ?? '' });
  return (
    <span className={styles.path}>
      {way.path.map((step, index) => (
        <span key={step.grantId} className={styles.step}>
          {index === 0 ? null : <ChevronRightRegular aria-hidden />}
          <span>{step.privilege.displayName}</span>
          <Text size={200} className={styles.quiet}>
            ({cameBy(step, index)})
          </Text>
        </span>
      ))}
    </span>
  );
}

/** Why an end is where it is, in words. */
export function useBecause() {
  const { t } = useWords();
  return ({ reason }: Pick<HeldWay['endsBecause'], 'reason'>) => t(`roles.because.${reason}`);
}
