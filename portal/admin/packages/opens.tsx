import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ArrowRightRegular, KeyRegular, PeopleRegular } from '@fluentui/react-icons';
import type { PackageContents } from '../../../src/entitlements/contents/contract.ts';
import { Empty } from '../../parts/empty.tsx';
import { useWords } from '../../words/use-words.ts';
import { Detail } from '../detail.tsx';

type Given = PackageContents['gives'][number];
type Activation = NonNullable<Given['activation']>;

const useStyles = makeStyles({
  list: { display: 'grid', gap: tokens.spacingVerticalM, listStyleType: 'none', margin: 0, padding: 0 },
  way: { display: 'flex', flexWrap: 'wrap', alignItems: 'stretch', gap: tokens.spacingHorizontalS },
  arrow: { alignSelf: 'center', color: tokens.colorNeutralForeground3 },
  roles: { display: 'grid', gap: tokens.spacingVerticalS, flexGrow: 1, flexBasis: '260px' },
  thing: {
    display: 'flex',
    gap: tokens.spacingHorizontalS,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    flexGrow: 1,
    flexBasis: '260px',
    minWidth: 0,
    '& > svg': { fontSize: '20px', flexShrink: 0 },
  },
  words: { minWidth: 0, overflowWrap: 'anywhere' },
  name: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, alignItems: 'center' },
});

/** What a package opens: what it gives, to which roles that leads, and what has to be activated on the way. */
export function Opens({ contents }: { readonly contents: PackageContents }) {
  const styles = useStyles();
  const { t } = useWords();
  if (contents.gives.length === 0) {
    return (
      <Empty icon={<PeopleRegular />} title={t('packages-admin.noRoles')} text={t('packages-admin.noRolesText')} />
    );
  }
  return (
    <ul className={styles.list}>
      {contents.gives.map((given) => (
        <li key={`${given.resource.id} ${given.as}`} className={styles.way}>
          <Thing
            kind={given.resource.kind}
            name={given.resource.displayName}
            isPrivileged={given.resource.isPrivileged}
            how={t(`packages-admin.as.${given.as}`)}
            activation={given.activation}
          />
          {given.leadsTo.length === 0 ? null : (
            <>
              <ArrowRightRegular className={styles.arrow} aria-hidden />
              <div className={styles.roles}>
                {given.leadsTo.map(({ mode, role, activation }) => (
                  <Thing
                    key={`${role.id} ${mode}`}
                    kind="role"
                    name={role.displayName}
                    isPrivileged={role.isPrivileged}
                    how={t(mode === 'eligible' ? 'packages-admin.roleEligible' : 'packages-admin.roleActive')}
                    activation={activation}
                  />
                ))}
              </div>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

interface ThingProps {
  readonly kind: 'group' | 'role';
  readonly name: string;
  readonly isPrivileged: boolean;
  readonly how: string;
  readonly activation: Activation | null;
}

function Thing({ kind, name, isPrivileged, how, activation }: ThingProps) {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <div className={styles.thing}>
      {kind === 'group' ? <PeopleRegular /> : <KeyRegular />}
      <div className={styles.words}>
        <span className={styles.name}>
          <Text weight="semibold">{name}</Text>
          {isPrivileged ? (
            <Badge appearance="tint" color="warning">
              {t('packages-admin.privileged')}
            </Badge>
          ) : null}
        </span>
        <Text block>{how}</Text>
        {activation === null ? null : <Activating activation={activation} />}
      </div>
    </div>
  );
}

/** What it takes to activate something. */
function Activating({ activation }: { readonly activation: Activation }) {
  const { t, duration } = useWords();
  const parts = [
    t('packages-admin.activate.most', { time: duration(activation.maximumDuration) }),
    ...(activation.isMfaRequired ? [t('packages-admin.activate.mfa')] : []),
    ...(activation.authenticationContext === null
      ? []
      : [t('packages-admin.activate.context', { context: activation.authenticationContext })]),
    ...(activation.isJustificationRequired ? [t('packages-admin.activate.justification')] : []),
    ...(activation.isTicketRequired ? [t('packages-admin.activate.ticket')] : []),
    ...(activation.needsApproval ? [t('packages-admin.activate.approval')] : []),
  ];
  return <Detail text={t('packages-admin.activate', { how: parts.join(', ') })} />;
}
