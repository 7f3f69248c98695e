import { bool, guid, instant, listOf, nullable, required, type Static, shape, text } from '../../graph/schema.ts';

const readOnly = ['id', 'appId', 'createdDateTime', 'passwordCredentials', 'keyCredentials'];
const name = () => text({ minLength: 1, maxLength: 256 });
const addresses = () => listOf(text({ maxLength: 2048 }), { maxItems: 50 });
const permissions = () => listOf(text({ maxLength: 200 }), { maxItems: 100 });

/** An application that is to be registered. */
export const applicationBody = shape(
  {
    displayName: required(name()),
    permissions: permissions(),
    redirectUris: addresses(),
    isPublicClient: bool(),
    /** PEM, or base64 of DER: its first certificate. */
    certificate: text({ minLength: 1, maxLength: 20_000 }),
  },
  { readOnly: [...readOnly, 'accountEnabled'] },
);

/** What of an application is to change. Whether it can keep a secret is settled when it is registered. */
export const applicationChange = shape(
  { displayName: name(), permissions: permissions(), redirectUris: addresses(), accountEnabled: bool() },
  { readOnly: [...readOnly, 'isPublicClient'] },
);

export const passwordBody = shape({ displayName: text({ maxLength: 256 }), endDateTime: instant() });

export const certificateBody = shape({
  /** PEM, or base64 of DER. */
  certificate: required(text({ minLength: 1, maxLength: 20_000 })),
  displayName: text({ maxLength: 256 }),
});

export const keyBody = shape({ keyId: required(guid()) });

/** A new secret: `secretText` is told this once. */
export const passwordAnswer = shape({
  keyId: required(guid()),
  displayName: required(nullable(text())),
  hint: required(text()),
  secretText: required(text()),
  startDateTime: required(instant()),
  endDateTime: required(instant()),
});

export const certificateAnswer = shape({
  keyId: required(guid()),
  displayName: required(nullable(text())),
  /** SHA-256, in hexadecimal. */
  thumbprint: required(text()),
  startDateTime: required(instant()),
  endDateTime: required(instant()),
});

/** What an application may be given: a permission of Graph, with the rows of the access table that it meets by itself. */
export const permissionsAnswer = shape({
  value: required(listOf(shape({ permission: required(text()), operations: required(listOf(text())) }))),
});

export type PermissionsAnswer = Static<typeof permissionsAnswer>;
export type ApplicationBody = Static<typeof applicationBody>;
export type ApplicationChange = Static<typeof applicationChange>;
export type PasswordBody = Static<typeof passwordBody>;
export type CertificateBody = Static<typeof certificateBody>;
export type KeyBody = Static<typeof keyBody>;
export type NewPassword = Static<typeof passwordAnswer>;
export type NewCertificate = Static<typeof certificateAnswer>;
