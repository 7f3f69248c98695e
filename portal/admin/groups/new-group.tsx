import {
  Button,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  Radio,
  RadioGroup,
  Switch,
  Textarea,
} from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { faultsOf, saidAt } from '../../parts/fault.ts';
import { useWords } from '../../words/use-words.ts';
import { RuleField } from '../rule/rule-field.tsx';
import type { Group } from './wire.ts';

const blank = { displayName: '', description: '', isAssignableToRole: false, isDynamic: false, membershipRule: '' };

/** The button that makes a security group, with its form and its warning. */
export function NewGroup() {
  const { t } = useWords();
  const navigate = useNavigate();
  const send = useSend<Group>();
  const [draft, setDraft] = useState(blank);
  const change = (part: Partial<typeof blank>) => setDraft({ ...draft, ...part });
  const create = async () => {
    const { id } = await send.mutateAsync({ method: 'POST', path: '/v1.0/groups', body: bodyOf(draft) });
    await navigate({ to: `/admin/groups/${id}` });
  };
  return (
    <Confirm
      trigger={
        <Button appearance="primary" icon={<AddRegular />} onClick={() => setDraft(blank)}>
          {t('directory.group.new')}
        </Button>
      }
      title={t('directory.group.new')}
      isWide={draft.isDynamic}
      confirmLabel={t('directory.group.create')}
      isIncomplete={draft.displayName.trim() === '' || (draft.isDynamic && draft.membershipRule.trim() === '')}
      confirm={create}
    >
      {(refusal) => (
        <>
          <Field
            label={t('directory.name')}
            required
            validationMessage={saidAt(faultsOf(refusal), 'displayName', 'mailNickname')}
          >
            <Input
              value={draft.displayName}
              maxLength={256}
              onChange={(_event, { value }) => change({ displayName: value })}
            />
          </Field>
          <Field label={t('directory.group.description')}>
            <Textarea value={draft.description} onChange={(_event, { value }) => change({ description: value })} />
          </Field>
          <Switch
            label={t('directory.group.canHoldRoles')}
            checked={draft.isAssignableToRole}
            disabled={draft.isDynamic}
            onChange={(_event, { checked }) => change({ isAssignableToRole: checked })}
          />
          {draft.isAssignableToRole ? (
            <MessageBar intent="warning" layout="multiline">
              <MessageBarBody>{t('directory.group.forEver')}</MessageBarBody>
            </MessageBar>
          ) : null}
          <Field label={t('directory.group.membershipType')}>
            <RadioGroup
              layout="horizontal"
              value={draft.isDynamic ? 'dynamic' : 'assigned'}
              onChange={(_event, { value }) =>
                change({
                  isDynamic: value === 'dynamic',
                  ...(value === 'dynamic' ? { isAssignableToRole: false } : {}),
                })
              }
            >
              <Radio value="assigned" label={t('directory.group.assigned')} />
              <Radio value="dynamic" label={t('directory.group.dynamic')} />
            </RadioGroup>
          </Field>
          {draft.isDynamic ? (
            <RuleField
              value={draft.membershipRule}
              groupId={null}
              error={saidAt(faultsOf(refusal), 'membershipRule')}
              change={(membershipRule) => change({ membershipRule })}
            />
          ) : null}
        </>
      )}
    </Confirm>
  );
}

function bodyOf(draft: typeof blank) {
  return {
    displayName: draft.displayName.trim(),
    description: draft.description.trim() === '' ? null : draft.description.trim(),
    mailEnabled: false,
    mailNickname: nicknameOf(draft.displayName),
    securityEnabled: true,
    ...(draft.isAssignableToRole ? { isAssignableToRole: true } : {}),
    ...(draft.isDynamic
      ? {
          groupTypes: ['DynamicMembership'],
          membershipRule: draft.membershipRule,
          membershipRuleProcessingState: 'On',
        }
      : {}),
  };
}

/** Graph wants one even of groups without mail; it takes letters, digits and a few signs. */
function nicknameOf(displayName: string): string {
  const letters = displayName.normalize('NFKD').replace(/[^A-Za-z0-9-]/g, '');
  return (letters === '' ? 'group' : letters).slice(0, 64);
}
