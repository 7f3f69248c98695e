import { sql } from 'kysely';
import { readerMay } from '../../access/index.ts';
import { accountUsableAt } from '../../grants/index.ts';
import type { EntitySet, Property, Row } from '../../graph/declaration.ts';
import { bool, collectionOf, complex, guid, instant, jsonObject, text, wire } from '../../graph/properties.ts';

const credential = {
  keyId: guid('id'),
  displayName: text('display_name'),
  startDateTime: instant('starts_at'),
  endDateTime: instant('ends_at'),
} as const;

const known: Row = (column) => sql.ref(`known.${column}`);

/** An app's credentials of one kind, each as it is on the wire. */
function credentials(kind: 'password' | 'certificate', fields: Readonly<Record<string, Property>>): Property {
  return collectionOf(complex('', fields), (row, context) => {
    const one = jsonObject(Object.entries(fields).map(([name, field]) => [name, wire(field, known, context)]));
    return sql`(select coalesce(jsonb_agg(${one} order by known.starts_at, known.id), '[]'::jsonb)
      from signin_credential as known where known.app_id = ${row('id')} and known.kind = ${sql.lit(kind)})`;
  });
}

/** `/sallyport/applications`: what is registered to sign in, for itself or people. Never a secret, nor its hash. */
export const applications: EntitySet = {
  name: 'applications',
  says: 'an application that signs in, for itself or people',
  type: 'sallyport.application',
  from: () => sql`signin_app`,
  alternateKeys: ['appId'],
  properties: {
    id: guid('id'),
    appId: guid('app_id'),
    displayName: text('display_name'),
    accountEnabled: bool((row, { now }) => accountUsableAt(row('id'), now)),
    createdDateTime: instant('created_at'),
    isPublicClient: bool('is_public'),
    permissions: collectionOf(text(''), 'permissions'),
    redirectUris: collectionOf(text(''), 'redirect_uris'),
    passwordCredentials: credentials('password', { ...credential, hint: text('hint') }),
    keyCredentials: credentials('certificate', { ...credential, thumbprint: text('thumbprint') }),
  },
  visible: (_row, { reader }) => sql.lit(readerMay('application.read', reader)),
  listable: ({ reader }) => readerMay('application.read', reader),
  searchable: ['displayName'],
  order: 'displayName',
  notFound: 'ResourceNotFound',
};
