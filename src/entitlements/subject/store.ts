import type { Kysely } from 'kysely';
import type { Id } from '../../kernel/ids.ts';

/** Somebody who has to do with packages, as `accessPackageSubject` shows them. */
export interface Subject {
  readonly id: Id;
  readonly type: 'user' | 'servicePrincipal';
  readonly displayName: string;
  readonly principalName: string | null;
  readonly email: string | null;
}

/** The table of subjects. */
export interface SubjectTables {
  entitlement_subject: {
    id: Id;
    subject_type: Subject['type'];
    display_name: string;
    principal_name: string | null;
    email: string | null;
  };
}

type Db = Kysely<SubjectTables>;

/** Writes down who somebody is, or what has changed about them. */
export async function saveSubject(db: Db, subject: Subject): Promise<void> {
  const columns = {
    subject_type: subject.type,
    display_name: subject.displayName,
    principal_name: subject.principalName,
    email: subject.email,
  };
  await db
    .insertInto('entitlement_subject')
    .values({ id: subject.id, ...columns })
    .onConflict((again) => again.column('id').doUpdateSet(columns))
    .execute();
}

/** Whether somebody is known as a subject. */
export async function isSubject(db: Db, id: Id): Promise<boolean> {
  const row = await db.selectFrom('entitlement_subject').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}
