import { Button, Field, makeStyles, Text, Textarea, tokens } from '@fluentui/react-components';
import { CalendarAddRegular } from '@fluentui/react-icons';
import { useNavigate } from '@tanstack/react-router';
import { useSend } from '../api/queries.ts';
import { Confirm } from '../parts/confirm.tsx';
import { DateTimeField } from '../parts/date-time-field.tsx';
import { faultsOf, saidAt } from '../parts/fault.ts';
import { Time } from '../parts/time.tsx';
import { useToast } from '../parts/toast.tsx';
import { useDraft } from '../parts/use-draft.ts';
import { useWords } from '../words/use-words.ts';
import { useTerms } from './terms.ts';
import { type Assignment, type AssignmentRequest, entitlements } from './wire.ts';

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2 } });

/** Asks for a later end of what the person has. Where the policy wants an approval of it, the request's page follows. */
export function Extend({ assignment }: { readonly assignment: Assignment }) {
  const styles = useStyles();
  const { t } = useWords();
  const { lasting } = useTerms();
  const toast = useToast();
  const send = useSend<AssignmentRequest>();
  const navigate = useNavigate();
  const { draft, change, forget } = useDraft(`extend:${assignment.id}`, { justification: '', until: '' });
  const policy = assignment.assignmentPolicy;
  const name = assignment.accessPackage?.displayName ?? '';
  const needsReason = policy?.requestApprovalSettings.isRequestorJustificationRequired ?? false;
  const extend = async () => {
    const { id, state } = await send.mutateAsync({
      method: 'POST',
      path: `${entitlements}/assignmentRequests`,
      body: {
        requestType: 'userUpdate',
        assignment: { id: assignment.id },
        ...(draft.justification.trim() === '' ? {} : { justification: draft.justification.trim() }),
        ...(draft.until === ''
          ? {}
          : { schedule: { expiration: { type: 'afterDateTime', endDateTime: draft.until } } }),
      },
    });
    forget();
    toast.done(t(state === 'delivered' ? 'access.extend.done' : 'access.extend.waits', { name }));
    if (state !== 'delivered') await navigate({ to: `/requests/${id}` });
  };
  return (
    <Confirm
      trigger={
        <Button
          size="small"
          icon={<CalendarAddRegular />}
          aria-label={t('access.actionOn', { action: t('access.extend'), name })}
        >
          {t('access.extend')}
        </Button>
      }
      title={t('access.extend.title', { name })}
      confirmLabel={t('access.extend')}
      isIncomplete={needsReason && draft.justification.trim() === ''}
      confirm={extend}
    >
      {(refusal) => (
        <>
          <Text>
            {t('access.extend.now')} <Time at={assignment.schedule?.expiration.endDateTime ?? null} as="short" />.{' '}
            {policy ? t('access.extend.gives', { lasting: lasting(policy.expiration) }) : null}
          </Text>
          <Text className={styles.quiet}>
            {t(
              policy?.requestApprovalSettings.isApprovalRequiredForUpdate
                ? 'access.extend.approval'
                : 'access.extend.noApproval',
            )}
          </Text>
          <Field
            label={t('access.justification')}
            required={needsReason}
            validationMessage={saidAt(faultsOf(refusal), 'justification')}
          >
            <Textarea
              value={draft.justification}
              resize="vertical"
              onChange={(_event, { value }) => change({ justification: value })}
            />
          </Field>
          <DateTimeField
            label={t('access.extend.until')}
            hint={t('access.extend.untilHint')}
            value={draft.until}
            error={saidAt(faultsOf(refusal), 'schedule/expiration')}
            change={(until) => change({ until })}
          />
        </>
      )}
    </Confirm>
  );
}
