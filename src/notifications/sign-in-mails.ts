import type { Occasion } from './occasion.ts';
import { type MailRule, moment, type Names, text, told } from './rule.ts';

const methodNames: Readonly<Record<string, string>> = {
  fido2: 'a passkey or security key',
  softwareOath: 'an authenticator app',
  password: 'a password',
};

const ifNotYou = 'If that was not you or at your wish, tell an administrator now.';

const methodOf = ({ data }: Occasion) => methodNames[text(data['method'])] ?? 'a way to sign in';

const by = ({ actorId }: Occasion, names: Names) => ['By', actorId === null ? '' : names.person(actorId)] as const;

/**
 * The mails about what people sign in with. INVARIANT: whoever could come in as somebody else, an administrator with a
 * one-time link too, does not do so unseen by that person.
 */
export const signInMails: Readonly<Record<string, MailRule>> = {
  'user.signInLinkMade': told(['account'], {
    subject: () => 'A one-time link to sign in as you was made',
    lead: () => `Whoever has the link can sign in as you, once. ${ifNotYou}`,
    facts: (occasion, names) => [by(occasion, names), ['Works until', moment(occasion.data['expiresAt'])]],
  }),
  'user.signInLinkUsed': told(['account'], {
    subject: () => 'Somebody has signed in as you by a one-time link',
    lead: () => `The one-time link that was made for you has been used. ${ifNotYou}`,
  }),
  'user.securityInfoReset': told(['account'], {
    subject: () => 'What you sign in with was taken away',
    lead: () => `You are signed out everywhere, and sign in again by a one-time link that an administrator gives you.`,
    facts: (occasion, names) => [by(occasion, names)],
  }),
  'user.passwordChanged': told(['account'], {
    subject: () => 'Your password was changed',
    lead: () => `Your account has another password now. ${ifNotYou}`,
  }),
  'user.securityInfoRegistered': told(
    ['account'],
    {
      subject: () => 'Another way to sign in as you was registered',
      lead: (_about, occasion) => `Your account can now be used with ${methodOf(occasion)}. ${ifNotYou}`,
      facts: ({ data }) => [['Called', text(data['displayName'])]],
    },
    // Recovery codes come with an authenticator app, which is told.
    { when: ({ data }) => data['method'] !== 'recoveryCodes' },
  ),
  'user.securityInfoDeleted': told(['account'], {
    subject: () => 'A way to sign in as you was removed',
    lead: (_about, occasion) => `Your account cannot be used with ${methodOf(occasion)} any more. ${ifNotYou}`,
  }),
};
