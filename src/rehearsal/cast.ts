import { designPermissions } from '../access/index.ts';

/** The domain of everyone in a rehearsal. */
export const domain = 'sallyport.example';

/** One person of the cast. */
export interface CastMember {
  /** The part before the `@`, and the password to nothing: in a rehearsal anyone is played with a token. */
  readonly name: string;
  readonly displayName: string;
  readonly jobTitle: string;
  readonly department: string;
  /** The name of the person's manager. */
  readonly manager?: string;
  /** What the person is there for, in the words that are printed at start. */
  readonly part: string;
}

/** The permanent Global Administrator, who exists before anything else and sets up the rest. */
export const administrator: CastMember = {
  name: 'admin',
  displayName: 'Ada Admin',
  jobTitle: 'Identity Administrator',
  department: 'Identity',
  part: 'permanent Global Administrator, who designed all this',
};

/** Everyone else. */
export const cast: readonly CastMember[] = [
  {
    name: 'manager',
    displayName: 'Mara Manager',
    jobTitle: 'Head of IT Operations',
    department: 'IT',
    part: 'manages the requestor; decides stage 1',
  },
  {
    name: 'requestor',
    displayName: 'Rio Requestor',
    jobTitle: 'IT Administrator',
    department: 'IT',
    manager: 'manager',
    part: 'IT administrator, who asks for the privilege',
  },
  {
    name: 'colleague',
    displayName: 'Cleo Colleague',
    jobTitle: 'IT Administrator',
    department: 'IT',
    part: 'the same job, but no manager: stage 1 goes to the fallback',
  },
  {
    name: 'ciso',
    displayName: 'Cy Ciso',
    jobTitle: 'Chief Information Security Officer',
    department: 'Security',
    part: 'decides stage 2',
  },
  {
    name: 'it-manager',
    displayName: 'Ivo Itmanager',
    jobTitle: 'IT Manager',
    department: 'IT',
    part: 'decides stage 2 too; stands in for a missing manager',
  },
  {
    name: 'identity-lead',
    displayName: 'Ida Identitylead',
    jobTitle: 'Identity Team Lead',
    department: 'Identity',
    part: 'approver of a third stage, where a package has one',
  },
  {
    name: 'helpdesk',
    displayName: 'Hal Helpdesk',
    jobTitle: 'Helpdesk Agent',
    department: 'Support',
    part: 'another job, outside the scope of the package',
  },
];

/** An application of the rehearsal, for scripts that call on their own behalf. */
export interface CastApp {
  readonly displayName: string;
  /** Told to everyone by `GET /rehearsal`, for clients that sign in by client credentials. It opens nothing else. */
  readonly secret: string;
  readonly permissions: readonly string[];
}

export const castApps: readonly CastApp[] = [
  {
    displayName: 'Automation',
    secret: 'automation-of-the-rehearsal',
    permissions: designPermissions,
  },
  {
    displayName: 'Reporting',
    secret: 'reporting-of-the-rehearsal',
    permissions: ['Directory.Read.All', 'EntitlementManagement.Read.All', 'AuditLog.Read.All'],
  },
];

export function userPrincipalName(name: string): string {
  return `${name}@${domain}`;
}
