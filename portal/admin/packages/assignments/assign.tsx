import { Button, Field, Textarea } from '@fluentui/react-components';
import { PersonAddRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { call } from '../../../api/client.ts';
import { type Collection, useGet } from '../../../api/queries.ts';
import { Choice } from '../../../parts/choice.tsx';
import { Confirm } from '../../../parts/confirm.tsx';
import { DateTimeField } from '../../../parts/date-time-field.tsx';
import { faultsOf, saidAt } from '../../../parts/fault.ts';
import { usersSource } from '../../../parts/pick-sources.ts';
import type { Picked } from '../../../parts/picked.ts';
import { Picker } from '../../../parts/picker.tsx';
import { useToast } from '../../../parts/toast.tsx';
import { useEach } from '../../../parts/use-each.ts';
import { useWords } from '../../../words/use-words.ts';
import { ScopeSummary } from '../../policy/policy-summary.tsx';
import { draftOf, type Policy } from '../../policy/wire.ts';
import { entitlements, type WholePackage } from '../../wire.ts';
import { Failures } from './failures.tsx';

const blank = { policyId: '', startDateTime: '', endDateTime: '', justification: '' };

/** The button that gives the package to people directly. */
export function Assign({ accessPackage }: { readonly accessPackage: WholePackage }) {
  const { t } = useWords();
  const toast = useToast();
  const { data } = useGet<Collection<Policy>>(`${entitlements}/accessPackages/${accessPackage.id}/assignmentPolicies`);
  const policies = (data?.value ?? []).filter(
    ({ automaticRequestSettings }) => automaticRequestSettings?.requestAccessForAllowedTargets !== true,
  );
  const [people, setPeople] = useState<readonly Picked[]>([]);
  const [terms, setTerms] = useState(blank);
  const each = useEach<Picked>();
  const policyId = terms.policyId === '' ? (policies[0]?.id ?? '') : terms.policyId;
  const policy = policies.find(({ id }) => id === policyId);
  const { startDateTime, endDateTime, justification } = terms;
  const assign = async () => {
    const done = new Set<string>();
    try {
      await each.run(people, async (one) => {
        await call(`${entitlements}/assignmentRequests`, {
          method: 'POST',
          body: {
            requestType: 'adminAdd',
            assignment: { targetId: one.id, assignmentPolicyId: policyId, accessPackageId: accessPackage.id },
            ...(justification === '' ? {} : { justification }),
            ...(startDateTime === '' && endDateTime === ''
              ? {}
              : {
                  schedule: {
                    startDateTime: startDateTime === '' ? null : startDateTime,
                    expiration: endDateTime === '' ? null : { type: 'afterDateTime', endDateTime },
                  },
                }),
          },
        });
        done.add(one.id);
      });
      toast.done(t('assignments.assigned', { count: done.size }));
    } finally {
      setPeople(people.filter(({ id }) => !done.has(id)));
    }
  };
  return (
    <Confirm
      trigger={
        <Button
          appearance="primary"
          icon={<PersonAddRegular />}
          onClick={() => {
            setPeople([]);
            setTerms(blank);
            each.reset();
          }}
        >
          {t('assignments.assign')}
        </Button>
      }
      title={t('assignments.assignTitle', { name: accessPackage.displayName })}
      confirmLabel={t('assignments.assign')}
      isIncomplete={people.length === 0 || policyId === ''}
      confirm={assign}
    >
      {(refusal) => (
        <>
          <Choice
            label={t('assignments.policy')}
            value={policyId}
            options={policies.map(({ id, displayName }) => ({ value: id, name: displayName }))}
            hint={t('assignments.policyHint')}
            error={saidAt(faultsOf(refusal), 'assignment/assignmentPolicyId')}
            required
            change={(next) => setTerms({ ...terms, policyId: next })}
          />
          {policy === undefined ? null : <ScopeSummary draft={draftOf(policy, false)} />}
          <Picker
            label={t('assignments.people')}
            sources={sources}
            value={people}
            required
            error={saidAt(faultsOf(refusal), 'assignment/targetId')}
            change={setPeople}
          />
          <DateTimeField
            label={t('assignments.startAt')}
            hint={t('assignments.startHint')}
            value={startDateTime}
            error={saidAt(faultsOf(refusal), 'schedule/startDateTime')}
            change={(next) => setTerms({ ...terms, startDateTime: next })}
          />
          <DateTimeField
            label={t('assignments.endAt')}
            hint={t('assignments.endHint')}
            value={endDateTime}
            error={saidAt(faultsOf(refusal), 'schedule/expiration')}
            change={(next) => setTerms({ ...terms, endDateTime: next })}
          />
          <Field label={t('assignments.justification')} validationMessage={saidAt(faultsOf(refusal), 'justification')}>
            <Textarea
              value={justification}
              resize="vertical"
              maxLength={4096}
              onChange={(_event, { value }) => setTerms({ ...terms, justification: value })}
            />
          </Field>
          <Failures failures={each.failures.map(({ item, message }) => ({ name: item.displayName, message }))} />
        </>
      )}
    </Confirm>
  );
}

const sources = [usersSource];
