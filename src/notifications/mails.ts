import { packageMails } from './package-mails.ts';
import { privilegeMails } from './privilege-mails.ts';
import type { MailRule } from './rule.ts';
import { signInMails } from './sign-in-mails.ts';
import { weekMails } from './week-mail.ts';

/** Which events are mailed, to whom, and what the mail says. Events that are not here are mailed to nobody. */
export const mailRules: Readonly<Record<string, MailRule>> = {
  ...packageMails,
  ...privilegeMails,
  ...weekMails,
  ...signInMails,
};
