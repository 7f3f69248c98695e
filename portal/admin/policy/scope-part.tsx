import { Checkbox, Field, Input, Radio, RadioGroup } from '@fluentui/react-components';
import { type Collection, useGet } from '../../api/queries.ts';
import { Section } from '../../parts/page.tsx';
import type { PickSource } from '../../parts/picked.ts';
import { literal, withOptions } from '../../parts/picked.ts';
import { Picker } from '../../parts/picker.tsx';
import { Together } from '../../parts/together.tsx';
import type { MessageKey } from '../../words/catalogue.ts';
import { useWords } from '../../words/use-words.ts';
import { entitlements, type NamedThing } from '../wire.ts';
import type { PolicyDraft, TargetScope } from './draft.ts';
import { usePolicyForm, useRelationWords } from './form.tsx';
import { kindOf, pickedOf, relationSet, setOf } from './people.ts';
import { PeopleField } from './people-field.tsx';

type Audience = 'directory' | 'outsiders' | 'nobody';

const scopes: Readonly<Record<Exclude<Audience, 'nobody'>, readonly TargetScope[]>> = {
  directory: ['specificDirectoryUsers', 'allMemberUsers', 'allDirectoryUsers'],
  outsiders: ['specificConnectedOrganizationUsers', 'allConfiguredConnectedOrganizationUsers', 'allExternalUsers'],
};

const scopeWords: Readonly<Partial<Record<TargetScope, MessageKey>>> = {
  specificDirectoryUsers: 'policy.scope.specificDirectoryUsers',
  allMemberUsers: 'policy.scope.allMemberUsers',
  allDirectoryUsers: 'policy.scope.allDirectoryUsers',
  specificConnectedOrganizationUsers: 'policy.scope.specificConnectedOrganizationUsers',
  allConfiguredConnectedOrganizationUsers: 'policy.scope.allConfiguredConnectedOrganizationUsers',
  allExternalUsers: 'policy.scope.allExternalUsers',
};

function audienceOf(scope: TargetScope): Audience {
  if (scopes.outsiders.includes(scope)) return 'outsiders';
  return scope === 'notSpecified' ? 'nobody' : 'directory';
}

/** Who can get access, and who can request it. */
export function ScopePart() {
  return (
    <>
      <WhoGets />
      <WhoAsks />
    </>
  );
}

function WhoGets() {
  const { t } = useWords();
  const form = usePolicyForm();
  const { allowedTargetScope: scope, specificAllowedTargets: targets } = form.draft;
  const audience = audienceOf(scope);
  const choose = (next: TargetScope) => form.change(scopeChange(form.draft, next));
  return (
    <Section title={t('policy.whoGets')}>
      <Field label={t('policy.audience')} validationMessage={form.said('allowedTargetScope')}>
        <RadioGroup
          value={audience}
          onChange={(_event, { value }) =>
            choose(
              value === 'nobody' ? 'notSpecified' : (scopes[value as 'directory' | 'outsiders'][0] ?? 'notSpecified'),
            )
          }
        >
          <Radio value="directory" label={t('policy.audience.directory')} />
          <Radio value="outsiders" label={t('policy.audience.outsiders')} />
          <Radio value="nobody" label={t('policy.audience.nobody')} />
        </RadioGroup>
      </Field>
      {audience === 'nobody' ? null : (
        <Field label={t('policy.scope')}>
          <RadioGroup value={scope} onChange={(_event, { value }) => choose(value as TargetScope)}>
            {scopes[audience].map((one) => (
              <Radio key={one} value={one} label={t(scopeWords[one] ?? 'policy.scope')} />
            ))}
          </RadioGroup>
        </Field>
      )}
      {scope === 'specificDirectoryUsers' ? (
        <PeopleField
          label={t('policy.targets')}
          hint={t('policy.targetsHint')}
          sets={targets}
          path="specificAllowedTargets"
          required
          change={(specificAllowedTargets) => form.change({ specificAllowedTargets })}
        />
      ) : null}
      {scope === 'specificConnectedOrganizationUsers' ? <Organizations /> : null}
    </Section>
  );
}

/** Another scope; people who are named stay only where they may be named. */
function scopeChange(draft: PolicyDraft, scope: TargetScope): Partial<PolicyDraft> {
  const keeps = (kinds: readonly string[]) =>
    draft.specificAllowedTargets.filter((set) => kinds.includes(kindOf(set) ?? ''));
  const specificAllowedTargets =
    scope === 'specificDirectoryUsers'
      ? keeps(['user', 'group'])
      : scope === 'specificConnectedOrganizationUsers'
        ? keeps(['organization'])
        : [];
  const asks = { ...draft.requestorSettings, enableTargetsToSelfAddAccess: scope !== 'notSpecified' };
  return { allowedTargetScope: scope, specificAllowedTargets, requestorSettings: asks };
}

const organizationsSource = {
  kind: 'organization',
  path: (text: string) =>
    withOptions(`${entitlements}/connectedOrganizations`, {
      $select: 'id,displayName',
      $filter: text === '' ? '' : `contains(displayName,${literal(text)})`,
      $top: '12',
    }),
  read: ({ id, displayName }: NamedThing) => ({ kind: 'organization', id, displayName }),
} as unknown as PickSource;

function Organizations() {
  const { t } = useWords();
  const form = usePolicyForm();
  const { data } = useGet<Collection<NamedThing>>(
    withOptions(`${entitlements}/connectedOrganizations`, { $select: 'id,displayName', $top: '500' }),
  );
  const names = new Map((data?.value ?? []).map(({ id, displayName }) => [id, displayName]));
  const picked = form
    .picked(form.draft.specificAllowedTargets)
    .map((one) => ({ ...one, displayName: names.get(one.id) ?? one.displayName }));
  return (
    <Picker
      label={t('policy.organizations')}
      sources={[organizationsSource]}
      value={picked}
      required
      error={form.said('specificAllowedTargets')}
      change={(next) => form.change({ specificAllowedTargets: next.map(setOf) })}
    />
  );
}

const manager = relationSet('targetManager');

function WhoAsks() {
  const { t } = useWords();
  const form = usePolicyForm();
  const say = useRelationWords();
  const settings = form.draft.requestorSettings;
  const change = (part: Partial<PolicyDraft['requestorSettings']>) =>
    form.change({ requestorSettings: { ...settings, ...part } });
  const isNobody = form.draft.allowedTargetScope === 'notSpecified';
  return (
    <Section title={t('policy.whoAsks')}>
      <Together
        name={t('policy.whoAsks')}
        isShown={false}
        hint={t(isNobody ? 'policy.requestors.nobody' : 'policy.requestors.adminToo')}
        error={form.said('requestorSettings')}
      >
        <Checkbox
          label={t('policy.requestors.self')}
          checked={settings.enableTargetsToSelfAddAccess}
          disabled={isNobody}
          onChange={(_event, { checked }) => change({ enableTargetsToSelfAddAccess: checked === true })}
        />
        <Checkbox
          label={t('policy.requestors.manager')}
          checked={settings.enableOnBehalfRequestorsToAddAccess}
          disabled={isNobody}
          onChange={(_event, { checked }) =>
            change({
              enableOnBehalfRequestorsToAddAccess: checked === true,
              onBehalfRequestors: checked === true ? [manager] : [],
            })
          }
        />
      </Together>
      {settings.enableOnBehalfRequestorsToAddAccess ? (
        <PeopleField
          label={t('policy.onBehalf')}
          hint={t('policy.onBehalfHint')}
          sets={settings.onBehalfRequestors}
          path="requestorSettings/onBehalfRequestors"
          fixed={[pickedOf(manager, new Map(), say)]}
          required
          change={(onBehalfRequestors) => change({ onBehalfRequestors })}
        />
      ) : null}
    </Section>
  );
}

/** How a policy is called, where a package has several. */
export function NamePart() {
  const { t } = useWords();
  const form = usePolicyForm();
  return (
    <Section title={t('policy.about')}>
      <Field label={t('policy.name')} hint={t('policy.nameHint')} required validationMessage={form.said('displayName')}>
        <Input
          value={form.draft.displayName}
          maxLength={256}
          onChange={(_event, { value }) => form.change({ displayName: value })}
        />
      </Field>
      <Field label={t('policy.description')} validationMessage={form.said('description')}>
        <Input
          value={form.draft.description}
          maxLength={4096}
          onChange={(_event, { value }) => form.change({ description: value })}
        />
      </Field>
    </Section>
  );
}
