import { Field, Input, Link, Textarea } from '@fluentui/react-components';
import type { PermissionsAnswer } from '../../../src/signin/application/contract.ts';
import { may, useMe } from '../../api/me.ts';
import { useGet } from '../../api/queries.ts';
import { type Fault, saidAt } from '../../parts/fault.ts';
import type { Picked } from '../../parts/picked.ts';
import { Picker } from '../../parts/picker.tsx';
import { useWords } from '../../words/use-words.ts';

/** What of an application can be changed, as it is typed. */
export interface Draft {
  readonly displayName: string;
  /** One in a line. */
  readonly redirectUris: string;
  readonly permissions: readonly string[];
}

export const blank: Draft = { displayName: '', redirectUris: '', permissions: [] };

/** What is sent of a draft. */
export function bodyOf({ displayName, redirectUris, permissions }: Draft) {
  return { displayName: displayName.trim(), redirectUris: linesOf(redirectUris), permissions };
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

interface Props {
  readonly draft: Draft;
  readonly isPublic: boolean;
  readonly faults: readonly Fault[];
  change(part: Partial<Draft>): void;
}

/** What an application is called, where it sends people back to, and what it may do by itself. */
export function ApplicationFields({ draft, isPublic, faults, change }: Props) {
  const { t } = useWords();
  const { data: me } = useMe();
  return (
    <>
      <Field label={t('applications.name')} required validationMessage={saidAt(faults, 'displayName')}>
        <Input
          value={draft.displayName}
          maxLength={256}
          onChange={(_event, { value }) => change({ displayName: value })}
        />
      </Field>
      <Field
        label={t('applications.redirects')}
        hint={t('applications.redirectsHint')}
        validationMessage={saidAt(faults, 'redirectUris')}
      >
        <Textarea
          value={draft.redirectUris}
          resize="vertical"
          placeholder="https://app.example.com/signed-in"
          onChange={(_event, { value }) => change({ redirectUris: value })}
        />
      </Field>
      {!isPublic && may(me, 'application.managePrivileged') ? (
        <PermissionsField draft={draft} faults={faults} change={change} />
      ) : null}
    </>
  );
}

function PermissionsField({ draft, faults, change }: Omit<Props, 'isPublic'>) {
  const { t } = useWords();
  const { data } = useGet<PermissionsAnswer>('/sallyport/applicationPermissions');
  const operations = new Map(data?.value.map((one) => [one.permission, one.operations]));
  const picked = (permission: string): Picked => {
    const opens = operations.get(permission) ?? [];
    return { kind: 'permission', id: permission, displayName: permission, detail: opens.join(', ') };
  };
  return (
    <Picker
      label={t('applications.permissions')}
      hint={t('applications.permissionsHint')}
      placeholder={t('applications.permissionsSearch')}
      sources={[]}
      fixed={[...operations.keys()].map(picked)}
      value={draft.permissions.map(picked)}
      error={saidAt(faults, 'permissions')}
      change={(permissions) => change({ permissions: permissions.map(({ id }) => id) })}
    />
  );
}

/** Where the text of a certificate goes. */
export function CertificateField({
  value,
  error,
  change,
}: {
  readonly value: string;
  readonly error: string | undefined;
  change(value: string): void;
}) {
  const { t } = useWords();
  const read = (files: FileList | null) => {
    const [file] = files ?? [];
    if (file !== undefined) void file.text().then(change);
  };
  return (
    <>
      <Field
        label={t('applications.certificate')}
        hint={t('applications.certificateHint')}
        required
        validationMessage={error}
      >
        <Textarea
          value={value}
          resize="vertical"
          rows={5}
          placeholder="-----BEGIN CERTIFICATE-----"
          onChange={(_event, data) => change(data.value)}
        />
      </Field>
      <FromFile read={read} />
    </>
  );
}

/** A file in place of typing: the browser's own way to choose one, behind a link. */
function FromFile({ read }: { read(files: FileList | null): void }) {
  const { t } = useWords();
  const choose = () => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.pem,.crt,.cer';
    input.onchange = () => read(input.files);
    input.click();
  };
  return (
    <div>
      <Link as="button" type="button" onClick={choose}>
        {t('applications.certificateFile')}
      </Link>
    </div>
  );
}
