import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { BoxRegular, KeyRegular, PeopleTeamRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { Opened, PackageContents } from '../../src/entitlements/contents/contract.ts';
import { PrivilegedBadge } from '../parts/privileged-badge.tsx';
import { useWords } from '../words/use-words.ts';
import { ActivationTakes } from './activation-takes.tsx';

const line = `2px solid ${tokens.colorNeutralStroke1}`;
/** Three things beside each other need so much room, whatever else is on the page. */
const isNarrow = '@container (max-width: 763px)';

const useStyles = makeStyles({
  place: { containerType: 'inline-size' },
  tree: {
    display: 'flex',
    alignItems: 'center',
    [isNarrow]: { flexDirection: 'column', alignItems: 'stretch' },
  },
  branches: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    position: 'relative',
    marginInlineStart: '28px',
    // The stroke from the thing to its branches.
    '::before': {
      content: '""',
      position: 'absolute',
      insetInlineStart: '-28px',
      top: 'calc(50% - 1px)',
      width: '14px',
      borderTop: line,
    },
    [isNarrow]: { marginInlineStart: '20px', '::before': { display: 'none' } },
  },
  branch: {
    position: 'relative',
    paddingBlock: tokens.spacingVerticalS,
    // The stroke down the branches, from the middle of the first to the middle of the last.
    '::before': {
      content: '""',
      position: 'absolute',
      insetInlineStart: '-14px',
      top: 0,
      bottom: 0,
      borderLeft: line,
    },
    ':first-child::before': { top: '50%' },
    ':last-child::before': { bottom: '50%' },
    ':only-child::before': { display: 'none' },
    // The stroke to each branch.
    '::after': {
      content: '""',
      position: 'absolute',
      insetInlineStart: '-14px',
      top: 'calc(50% - 1px)',
      width: '14px',
      borderTop: line,
    },
    [isNarrow]: {
      '::before': { insetInlineStart: '-10px' },
      ':first-child::before': { top: 0 },
      ':last-child::before': { bottom: 'auto', height: '36px' },
      ':only-child::before': { display: 'block', top: 0, bottom: 'auto', height: '36px' },
      '::after': { insetInlineStart: '-10px', top: '35px', width: '10px' },
    },
  },
  node: {
    display: 'flex',
    gap: tokens.spacingHorizontalM,
    alignItems: 'flex-start',
    width: '236px',
    flexShrink: 0,
    boxSizing: 'border-box',
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: tokens.shadow2,
    [isNarrow]: { width: '100%' },
  },
  opens: { border: `1px solid ${tokens.colorBrandStroke2}`, backgroundColor: tokens.colorBrandBackground2 },
  icon: { fontSize: '24px', lineHeight: 1, color: tokens.colorBrandForeground1, flexShrink: 0 },
  words: { display: 'grid', gap: tokens.spacingVerticalXS, minWidth: 0 },
  name: { overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** A picture of what a package opens: from the package to its groups to the roles that they hold. A list, to who hears it. */
export function ContentsPicture({ contents }: { readonly contents: PackageContents }) {
  const { t } = useWords();
  return (
    <Opens from={{ kind: t('access.package'), name: contents.accessPackage.displayName }} gives={contents.gives} />
  );
}

interface OpensProps {
  /** What gives it; nothing where it is had by itself, as by an activation. */
  readonly from?: { readonly kind: string; readonly name: string };
  readonly gives: Opened;
}

/** A picture of what is opened. */
export function Opens({ from, gives }: OpensProps) {
  const styles = useStyles();
  const { t } = useWords();
  const given = gives.map((one) => <Given key={`${one.as} ${one.resource.id}`} given={one} />);
  return (
    <div className={styles.place}>
      {from === undefined ? (
        given
      ) : (
        <Thing
          icon={<BoxRegular />}
          kind={from.kind}
          name={from.name}
          branches={given}
          branchesLabel={t('access.picture.gives', { name: from.name })}
        />
      )}
    </div>
  );
}

function Given({ given }: { readonly given: Opened[number] }) {
  const { t } = useWords();
  const { resource, leadsTo } = given;
  return (
    <Thing
      icon={resource.kind === 'group' ? <PeopleTeamRegular /> : <KeyRegular />}
      kind={t(`access.as.${given.as}`)}
      name={resource.displayName}
      isOpened={resource.kind === 'role' || leadsTo.length === 0}
      badges={<Privileged is={resource.kind === 'role' && resource.isPrivileged} />}
      takes={given.activation === null ? null : <ActivationTakes activation={given.activation} />}
      branches={leadsTo.map((held) => (
        <Thing
          key={`${held.mode} ${held.role.id}`}
          icon={<KeyRegular />}
          kind={t(held.mode === 'eligible' ? 'access.as.eligible' : 'access.as.active')}
          name={held.role.displayName}
          isOpened
          badges={<Privileged is={held.role.isPrivileged} />}
          takes={held.activation === null ? null : <ActivationTakes activation={held.activation} />}
          branches={[]}
          branchesLabel=""
        />
      ))}
      branchesLabel={t('access.picture.holds', { name: resource.displayName })}
    />
  );
}

function Privileged({ is }: { readonly is: boolean }) {
  return is ? <PrivilegedBadge /> : null;
}

interface ThingProps {
  readonly icon: ReactNode;
  /** How it is had. */
  readonly kind: string;
  readonly name: string;
  /** It is what the package is for. */
  readonly isOpened?: boolean;
  readonly badges?: ReactNode;
  /** What activating takes. */
  readonly takes?: ReactNode;
  readonly branches: readonly React.JSX.Element[];
  readonly branchesLabel: string;
}

function Thing({ icon, kind, name, isOpened = false, badges, takes, branches, branchesLabel }: ThingProps) {
  const styles = useStyles();
  return (
    <div className={styles.tree}>
      <div className={mergeClasses(styles.node, isOpened ? styles.opens : undefined)}>
        <span className={styles.icon} aria-hidden>
          {icon}
        </span>
        <div className={styles.words}>
          <Text size={200} className={styles.quiet}>
            {kind}
          </Text>
          <Text weight="semibold" className={styles.name}>
            {name}
          </Text>
          {badges}
          {takes}
        </div>
      </div>
      {branches.length === 0 ? null : (
        <ul className={styles.branches} aria-label={branchesLabel}>
          {branches.map((branch) => (
            <li key={branch.key} className={styles.branch}>
              {branch}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
