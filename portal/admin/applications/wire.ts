/** Where applications are registered. */
export const applications = '/sallyport/applications';

/** What an application proves itself by; its end is real time, null for none. */
interface CredentialBase {
  readonly keyId: string;
  readonly displayName: string | null;
  readonly startDateTime: string;
  readonly endDateTime: string | null;
}

export interface PasswordCredential extends CredentialBase {
  /** First characters, by which people tell it from others. */
  readonly hint: string | null;
}

export interface KeyCredential extends CredentialBase {
  /** SHA-256, in hexadecimal. */
  readonly thumbprint: string | null;
}

/** `sallyport.application`, as far as the portal reads it. */
export interface Application {
  readonly id: string;
  readonly appId: string;
  readonly displayName: string;
  readonly accountEnabled: boolean;
  readonly createdDateTime: string;
  readonly isPublicClient: boolean;
  readonly permissions: readonly string[];
  readonly redirectUris: readonly string[];
  readonly passwordCredentials: readonly PasswordCredential[];
  readonly keyCredentials: readonly KeyCredential[];
}

/** A secret or a certificate, with which of the two it is. */
export type Credential =
  | ({ readonly kind: 'password' } & PasswordCredential)
  | ({ readonly kind: 'certificate' } & KeyCredential);

/** All that an application proves itself by, what ends first before the others; what has no end is last. */
export function credentialsOf({ passwordCredentials, keyCredentials }: Application): readonly Credential[] {
  const all: Credential[] = [
    ...passwordCredentials.map((one) => ({ kind: 'password' as const, ...one })),
    ...keyCredentials.map((one) => ({ kind: 'certificate' as const, ...one })),
  ];
  return all.sort((one, other) => endOf(one) - endOf(other));
}

function endOf({ endDateTime }: Credential): number {
  return endDateTime === null ? Number.POSITIVE_INFINITY : Date.parse(endDateTime);
}
