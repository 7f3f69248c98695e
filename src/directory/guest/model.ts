import type { User } from '../user/model.ts';

/** Whether a user is a guest of the tenant (`userType`). */
export function isGuestUser({ userType }: Pick<User, 'userType'>): boolean {
  return userType?.toLowerCase() === 'guest';
}

/**
 * The domain that a guest comes from, in lower case: that of the mail address, or the one that the name of a guest's
 * account is made of (`lee_contoso.com#EXT#@our.example`). Null for members, and for guests of whom neither is known.
 */
export function domainOfGuest(user: Pick<User, 'userType' | 'mail' | 'userPrincipalName'>): string | null {
  if (!isGuestUser(user)) return null;
  const [, ofMail] = /@([^@]+)$/.exec(user.mail ?? '') ?? [];
  const [, ofName] = /_([^_@]+)#ext#@/i.exec(user.userPrincipalName) ?? [];
  return (ofMail ?? ofName)?.toLowerCase() ?? null;
}
