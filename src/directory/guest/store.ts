import { type RawBuilder, sql } from 'kysely';

/** SQL: whether a user who is not deleted is a guest; false for everything else. Counterpart of `isGuestUser`. */
export function isGuest(userId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql`exists (select 1 from directory_user as guest where guest.id = ${userId} and guest.deleted_at is null
    and lower(guest.user_type) = 'guest')`;
}

/** SQL: the domain that a guest comes from; null for members. Counterpart of `domainOfGuest`. */
export function guestDomain(userId: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql`(select lower(coalesce(substring(guest.mail from '@([^@]+)$'),
      substring(lower(guest.user_principal_name) from '_([^_@]+)#ext#@')))
    from directory_user as guest
    where guest.id = ${userId} and guest.deleted_at is null and lower(guest.user_type) = 'guest')`;
}
