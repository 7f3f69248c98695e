import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles, tokens } from '@fluentui/react-components';
import type { ApprovalCase } from '../../src/desk/approvals/contract.ts';
import { inOneLine } from '../words/refusals.ts';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({ note: { marginBottom: tokens.spacingVerticalL } });

/** Why the person cannot decide what still waits, by the refusal that they would meet. */
const known = [
  'OwnRequestNotDecidable',
  'DistinctApproversRequired',
  'ApprovalStageNotOpen',
  'NotAnApprover',
  'ApprovalStageDecided',
  'ApprovalStageExpired',
] as const;

/** Says why it is not this person's to decide. */
export function NotYours({ of: { mayDecide } }: { readonly of: ApprovalCase }) {
  const styles = useStyles();
  const { t } = useWords();
  const code = known.find((one) => one === mayDecide.code);
  return (
    <MessageBar intent="info" layout="multiline" className={styles.note}>
      <MessageBarBody>
        <MessageBarTitle>{t('approvals.notYours')}</MessageBarTitle>
        {code === undefined ? said(mayDecide) : t(`approvals.notYours.${code}`)}
      </MessageBarBody>
    </MessageBar>
  );
}

/** A refusal that would be met, in the person's words. */
export function said({ code, message }: Pick<ApprovalCase['mayDecide'], 'code' | 'message'>): string {
  return inOneLine({ code: code ?? '', message: message ?? '' });
}

/** Says that it can only be denied, and what stands in the way of approving it. */
export function CannotApprove({ of: { mayApprove } }: { readonly of: ApprovalCase }) {
  const { t } = useWords();
  if (mayApprove.isPossible) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{t('approvals.denyOnly')}</MessageBarTitle>
        {said(mayApprove)}
      </MessageBarBody>
    </MessageBar>
  );
}

/** Somebody else decided what was this person's to decide a moment ago. */
export function Overtaken({ decision }: { readonly decision: NonNullable<ApprovalCase['decision']> }) {
  const styles = useStyles();
  const { t } = useWords();
  const name = decision.by.displayName;
  return (
    <MessageBar intent="info" layout="multiline" role="status" className={styles.note}>
      <MessageBarBody>
        <MessageBarTitle>
          {t(decision.decision === 'approve' ? 'approvals.overtaken.approve' : 'approvals.overtaken.deny', { name })}
        </MessageBarTitle>
        {t('approvals.overtakenText')}
      </MessageBarBody>
    </MessageBar>
  );
}
