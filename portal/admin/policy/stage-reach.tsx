import { MessageBar, MessageBarBody, makeStyles, Text, tokens } from '@fluentui/react-components';
import { inOneLine } from '../../words/refusals.ts';
import { useWords } from '../../words/use-words.ts';
import { usePolicyForm } from './form.tsx';
import { useFindingWords } from './use-finding-words.ts';

const useStyles = makeStyles({
  who: { color: tokens.colorNeutralForeground2 },
});

/** Who could decide a stage as things are, and what to put right about it: what the server finds in the directory. */
export function StageReach({ stage, path }: { readonly stage: number; readonly path: string }) {
  const styles = useStyles();
  const { t, intl } = useWords();
  const say = useFindingWords();
  const { reachability, faults, said } = usePolicyForm();
  const reach = reachability?.stages.find((one) => one.stage === stage);
  const refused = faults.find(({ code, target }) => code === 'ApproversNotReachable' && target === path);
  const findings = (reachability?.findings ?? []).filter((one) => one.stage === stage);
  const names = (people: readonly { readonly displayName: string }[]) =>
    intl.formatList(people.map(({ displayName }) => displayName));
  if (refused !== undefined && said(path) !== undefined) {
    return (
      <MessageBar intent="error" layout="multiline">
        <MessageBarBody>{inOneLine(refused)}</MessageBarBody>
      </MessageBar>
    );
  }
  if (reach === undefined) return null;
  return (
    <div role="status">
      {reach.approvers.length > 0 ? (
        <Text size={200} className={styles.who} block>
          {t(reach.approverSource === 'fallback' ? 'policy.reach.fallback' : 'policy.reach.primary', {
            names: names(reach.approvers),
          })}
        </Text>
      ) : null}
      {reach.alternates.length > 0 ? (
        <Text size={200} className={styles.who} block>
          {t('policy.reach.alternates', { names: names(reach.alternates) })}
        </Text>
      ) : null}
      {reachability === null
        ? null
        : findings.map((finding) => (
            <MessageBar key={finding.kind} intent="warning" layout="multiline">
              <MessageBarBody>{say(reachability, finding)}</MessageBarBody>
            </MessageBar>
          ))}
    </div>
  );
}

/** What there is to put right about the people of the scope, for whom some stage has nobody. */
export function ScopeReach() {
  const say = useFindingWords();
  const { reachability } = usePolicyForm();
  const finding = reachability?.findings.find(({ kind }) => kind === 'requestorsWithoutApprovers');
  if (reachability === null || finding === undefined) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>{say(reachability, finding)}</MessageBarBody>
    </MessageBar>
  );
}
