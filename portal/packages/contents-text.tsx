import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PackageContents } from '../../src/entitlements/contents/contract.ts';
import { useWords } from '../words/use-words.ts';
import { type Activation, useTakes } from './activation-takes.tsx';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL, display: 'grid', gap: tokens.spacingVerticalS },
});

/** What a package opens, told step by step: what is had at once, and what has to be activated first. */
export function ContentsText({ gives }: { readonly gives: PackageContents['gives'] }) {
  const styles = useStyles();
  const { t } = useWords();
  const told = useTold();
  return (
    <ol className={styles.list} aria-label={t('access.inWords')}>
      {gives.flatMap(told).map((sentence) => (
        <li key={sentence}>
          <Text>{sentence}</Text>
        </li>
      ))}
    </ol>
  );
}

function useTold() {
  const { t, intl } = useWords();
  const takes = useTakes();
  const taking = (activation: Activation | null) =>
    activation === null
      ? ''
      : ` ${t('access.told.activating', { takes: intl.formatList(takes(activation).map(({ said }) => said)) })}`;
  return ({ as, resource, activation, leadsTo }: PackageContents['gives'][number]): string[] => [
    t(`access.told.${as}`, { name: resource.displayName }) + taking(activation),
    ...leadsTo.map(
      ({ mode, role, activation: second }) =>
        t(`access.told.holds.${mode}`, { group: resource.displayName, role: role.displayName }) + taking(second),
    ),
  ];
}
