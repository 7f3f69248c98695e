import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { PageLink } from '../parts/page-link.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid' },
  entry: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    paddingBlock: tokens.spacingVerticalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    ':first-child': { borderTopStyle: 'none', paddingTop: 0 },
    ':last-child': { paddingBottom: 0 },
  },
  face: { display: 'grid', placeItems: 'center', flexShrink: 0, fontSize: '22px', color: tokens.colorBrandForeground1 },
  words: { display: 'grid', gap: '2px', flexGrow: 1, minWidth: 'min(100%, 160px)', flexBasis: '160px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  end: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

/** A short list on the overview. */
export function Entries({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ul className={useStyles().list} aria-label={label}>
      {children}
    </ul>
  );
}

interface Props {
  readonly face: ReactNode;
  readonly name: string;
  /** Where the thing is shown whole. */
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
  readonly detail?: ReactNode;
  /** How much time there is, what can be done. */
  readonly end?: ReactNode;
}

/** One thing of it: what it is, how it stands, what can be done. */
export function Entry({ face, name, to, search, detail, end }: Props) {
  const styles = useStyles();
  return (
    <li className={styles.entry}>
      <span className={styles.face} aria-hidden>
        {face}
      </span>
      <span className={styles.words}>
        <PageLink to={to} {...(search === undefined ? {} : { search: search as never })}>
          {name}
        </PageLink>
        {detail === undefined ? null : (
          <Text size={200} className={styles.quiet}>
            {detail}
          </Text>
        )}
      </span>
      {end === undefined ? null : <span className={styles.end}>{end}</span>}
    </li>
  );
}
