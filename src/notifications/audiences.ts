/** Who is told, in words for the reference; the resolvers below find them. */
export const audiences = {
  approvers: 'the approvers of the stage',
  added: 'who can decide from now on',
  reminded: 'everybody who can decide it now',
  alternates: 'the alternates of the stage',
  lastAsked: 'everybody who was asked in the stage that was open',
  deciders: 'who decided a stage, and the alternates who were asked there',
  target: 'the person whom it is about',
  requestor: 'who asked',
  account: 'the person whose sign-in it is',
  globalAdministrators: 'Global Administrators',
  roleAdministrators: 'Privileged Role, Security and Global Administrators',
  governors: 'Global Administrators and Identity Governance Administrators',
  administrators:
    'of a role, Privileged Role, Security and Global Administrators; of a group, its permanent owners, or the former where it has none',
  answerers:
    'of a role, Privileged Role and Global Administrators; of a group, its permanent owners, or the former where it has none',
} as const;

export type Audience = keyof typeof audiences;

/** Whose wish of a rule of PIM an audience has: its `recipientType`. */
export const recipientTypes: Readonly<Partial<Record<Audience, 'Requestor' | 'Approver' | 'Admin'>>> = {
  target: 'Requestor',
  approvers: 'Approver',
  added: 'Approver',
  lastAsked: 'Approver',
  answerers: 'Approver',
  administrators: 'Admin',
};
