/** What each code of a refusal means and what to do next. A test holds it to the codes that the product has. */
export const meanings: Readonly<Record<string, string>> = {
  AccessPackageInUse:
    'Somebody has the package, or asks for it. Remove assignments and end requests before deleting it.',
  AccessPackageLimitReached:
    'There are as many access packages as a catalog (50) or a tenant (4,000) may have. Use another catalog, or delete one.',
  AccountAlreadyLinked:
    'The account is linked to others already. Change that link, or take the account out of it first.',
  AccountDisabled: 'The rehearsal gives no token for a disabled account. Enable it, or play somebody else.',
  AccountNotUsable: 'A disabled or deleted account cannot ask for access. Have it enabled first.',
  ActionNotSupported: 'Only what is active is activated and given back: ask for an assignment, not for an eligibility.',
  ActiveDurationTooShort:
    'Less than five minutes, either between start and end or since it began. Ask for longer, or try again later.',
  AddressNotOurs: 'A passkey is made at an address of this server, and works there. Open the page at one of them.',
  AlreadyAssigned: 'The person has the package already. Wait for its end, or remove it first.',
  AlreadyIncompatible: 'The package is marked as incompatible with this already. Nothing is left to do.',
  AnswerNotEditable:
    'The question does not let its answer be changed once it is given (`isAnswerEditable`). Ask an administrator.',
  AnswerNotValid: 'An answer does not fit its question: type, choice or pattern, or given twice. `target` names it.',
  AnswerRequired: 'A required question of the policy is not answered. Ask `getApplicablePolicyRequirements` for them.',
  ApprovalClosed: 'The request has been decided or canceled. Nothing is left to decide.',
  ApprovalNotFound:
    'There is no approval with this id, or none that the caller may know of. Its id is that of the request.',
  ApprovalRequiredForOutsiders:
    'A policy for everyone outside lets anybody ask. Have somebody approve (`isApprovalRequiredForAdd`).',
  ApprovalNotGiven:
    'Only who has approved a stage of the request can take that back. Ask an administrator to end the access.',
  ApprovalStageDecided: 'Somebody else has decided this stage already. One decision is enough.',
  ApprovalStageExpired: 'The time to decide has passed, which denied the request. It has to be made anew.',
  ApprovalStageNotFound: 'The approval has no stage with this id. Read its `stages`.',
  ApprovalStageNotOpen: 'An earlier stage has not been passed yet. Decide when this one is `InProgress`.',
  ApproversNotReachable:
    'A stage of the policy has nobody who could decide about this request. `explain` shows each stage with its people.',
  ApproversNotValid:
    'A stage has no approvers, names a kind that cannot approve, or asks the manager twice. `target` names the stage.',
  AssignmentEnded: 'The assignment has ended already. There is nothing to remove.',
  AssignmentLimitReached:
    'As many people have the package (10,000), or any package (100,000 assignments), as there may be. Remove some first.' +
    ' Seen as the cause of a failed delivery too.',
  AssignmentPolicyLimitReached:
    'There are as many policies as a package (10) or a tenant (5,000) may have. Change or delete one.',
  AuthenticationContextInUse:
    'A rule of a role management policy demands this authentication context. Change the rule first.',
  AuthenticationContextPublished:
    'A published authentication context cannot be deleted. Set `isAvailable` to false first.',
  AuthenticatorCodeWrong:
    'The code is not the one that the authenticator app shows now. Type in the next one; set the clock of the device right.',
  Authorization_RequestDenied:
    'The caller has no directory role that is active now, no application permission and no relation to the object that' +
    ' would allow it. Activate the role, or ask somebody who may.',
  AutomaticPolicyExists: 'A package has at most one policy that assigns it automatically. Change that one.',
  AutomaticPolicyNotValid:
    'An automatic policy names one membership rule, asks for no approval and has no expiration. `target` names the' +
    ' property.',
  AutomaticScopeTooLarge: 'The rule of an automatic policy takes in more than 5,000 people. Make it narrower.',
  BadRequest: 'The request is not well-formed: path, query option or body. `target` names the part at fault.',
  CatalogBuiltIn:
    'The catalog that every tenant has cannot be deleted. Delete what is in it, or set its `state` to `unpublished`.',
  CatalogLimitReached: 'A tenant has at most 1,500 catalogs. Delete one that nobody needs.',
  CatalogNotEmpty: 'The catalog has access packages. Delete them first.',
  CatalogNotExternallyVisible:
    'The policy is for people from outside, and its catalog is not. Set `isExternallyVisible`.',
  CatalogNotPublished:
    'The catalog is not published, so its packages cannot be asked for yet. Ask its owner to publish it (`state`).',
  ClockBackwards: 'The clock of a rehearsal only moves forwards. Reset the rehearsal to begin again.',
  ClockCommandInvalid:
    'Send one of `advance` (a duration), `advanceTo` (`nextDeadline`), `set` (an instant) and `run` (true).',
  ConnectedOrganizationLimitReached:
    'A tenant has at most 2,500 connected organizations. Delete one that nobody needs.',
  CrossSiteRequestNotAllowed:
    'A page of another site called with the cookie of a session. Pages of our own may, and clients with a token.',
  CsrfTokenMissing:
    'A call that changes something with the cookie of a session lacks the header `x-sallyport-csrf`. `GET /session` has' +
    ' its value.',
  CsrfTokenNotValid:
    'The header `x-sallyport-csrf` is not that of the session, which has a new one after every sign-in. Read' +
    ' `GET /session` again.',
  DecisionTimeNotValid: 'A stage is given 1 to 14 days (`durationBeforeAutomaticDenial`).',
  CredentialLifetimeNotValid:
    'A secret ends in the future, in two years at most; a certificate must not be over. Leave the end out for 180 days.',
  CredentialLimitReached: 'An application has at most ten secrets and certificates. Remove one first.',
  DelegatedUserLimitReached: 'A catalog has at most ten holders of one role. Assign the role to a group instead.',
  DistinctApproversRequired: 'The caller has decided another stage of this request. Each stage needs another person.',
  DurationNotValid: 'This is no ISO 8601 duration of days, hours, minutes and seconds, such as `P30D`.',
  EscalationApproversRequired: 'Escalation is switched on without alternates. Name some in `escalationApprovers`.',
  EscalationDecisionTimeTooShort: 'A stage with alternates is given at least 4 days (`durationBeforeAutomaticDenial`).',
  EscalationTooEarly: 'Alternates are asked after one day at the earliest (`durationBeforeEscalation`).',
  EscalationTooLate: 'Alternates are asked before the time to decide is over. Shorten `durationBeforeEscalation`.',
  ExpirationNotValid:
    'The expiration lacks its end or duration, or the duration is out of bounds. `target` names the property.',
  ExpirationPassed: 'The day on which assignments by this policy end has passed. Change the policy.',
  ExpirationTooLate: 'Access would last longer than the policy allows. Ask for an earlier end.',
  AssignmentLeaving:
    'The assignment is about to end, because its holder has left the scope of its policy. Ask for the package anew.',
  ExtensionNotLater: 'The assignment lasts as long as the policy would give it now already, or longer.',
  LastAuthenticationMethod:
    'Without it the person could not sign in any more. Register another passkey or authenticator app first.',
  OnBehalfRequestorsNotValid:
    'Say in `requestorSettings/onBehalfRequestors` who may ask for others: users, groups, or managers of the target.',
  OwnSignInNotManaged:
    'Nobody makes a sign-in link for an account of their own or resets it. Ask another administrator.',
  PasskeyNotMade:
    'The browser made no passkey that can be used here: it was made for another address, or is none. Try again.',
  PasskeyRegisteredAlready: 'The passkey is registered already, perhaps for another account. Use another one.',
  PasswordTooLong: 'A password has at most 256 characters. Choose a shorter one.',
  PasswordTooShort: 'A password has at least 12 characters. Choose a longer one; several words will do.',
  PasswordTooWeak:
    'The password says whose it is, is a common one or repeats itself. Choose another; several words will do.',
  SelfExtensionNotAllowed: 'The policy does not let people extend the package themselves. Ask an administrator.',
  ExtensionNotDue:
    'An assignment is extended in the last 14 days before its end. Use `adminUpdate` to change it earlier.',
  FallbackApproversRequired:
    'Sponsors, and managers who are alternates, may be missing. Name a user or a group as fallback; `target` says where.',
  GrantWindowEmpty: 'What this would hang on ends before it could start. Have that extended first.',
  GroupNotAssignableToRole: 'Only groups created with `isAssignableToRole` can hold a role. Create such a group.',
  GroupNotSupported: 'PIM cannot manage a dynamic group: its rule decides who is a member.',
  GroupNotUnderPim: 'The eligible roles of a group exist once PIM manages it. Change a rule of its policy first.',
  IdentitySourceInUse:
    'Another connected organization has this identity source. A source leads to one organization: take it away there first.',
  IdentitySourceNotValid: 'An identity source is no domain name, or is there twice. `target` names it.',
  IncompatibleAccessPackage:
    'The person has an access package that excludes this one (separation of duties). The message names it. Have that' +
    ' assignment removed first. An approval that is refused so leaves the request waiting; seen as the cause of a' +
    ' failed delivery too.',
  IncompatibleGroup:
    'The person is a member of a group that excludes this package (separation of duties). The message names it. Have' +
    ' them taken out of it first. Seen as the cause of a failed delivery too.',
  IncompatibleWithItself: 'A package cannot be incompatible with itself. Name another one.',
  InvalidAuthenticationToken:
    'No bearer token, or one that is expired, altered, for somebody else, or whose account is shut. Get a new one.',
  InvalidPolicyRule: 'The change does not fit the rule of the role management policy. `target` names the property.',
  InvalidScheduleInfo:
    'The schedule cannot be understood, or its end does not lie after its start. `target` says which part to write anew.',
  JustificationRequired: 'Say why: the policy or the stage asks for a justification.',
  LastGlobalAdministrator:
    'Nobody would hold Global Administrator permanently any more. Assign it to another account first.',
  LinkedAccountsNotValid: 'Name 2 to 20 different accounts that one human has.',
  MembershipRuleAttributeNotSupported:
    'The rule names an attribute that does not exist or is not supported here. Use one that Entra documents for rules.',
  MembershipRuleOperatorNotSupported:
    'The attribute cannot be compared with this operator. The message says which ones it can.',
  MembershipRulePatternNotSupported:
    'The regular expression uses what cannot be evaluated in bounded time. The message says what; write it more plainly.',
  MembershipRuleSyntaxError: 'The text is not a membership rule. The message says at which character it goes wrong.',
  NotAnApprover: 'The caller is not among the approvers of this stage. Only they, as persons, can decide.',
  OriginSystemNotSupported: 'Resources of catalogs are groups (`AadGroup`) and roles (`DirectoryRole`).',
  OwnAccountsNotUnlinkable:
    'Nobody unlinks accounts of their own: they would count as two people. Ask another administrator.',
  NothingAhead: 'The clock of a rehearsal has no deadline to go to: nothing is planned to fall due or to end.',
  NotSignedIn: 'Nobody is signed in in this browser. Sign in first.',
  OriginNotAllowed:
    'With the cookie of a session, a call that changes something names our own address as its `Origin`. A rehearsal takes' +
    ' no calls from web pages of other sites at all.',
  OwnRequestNotDecidable:
    'Nobody decides a request of their own, or one for themselves. Another approver has to; who asked may cancel it.',
  PackageGone: 'The access package was deleted before the request could be delivered. Seen as the cause of a failure.',
  PendingRoleAssignmentRequest: 'There is a pending request for the same. Wait for its decision, or cancel it.',
  PermissionUnknown: 'No operation here asks for such a permission. Spell it as Microsoft Graph does, or leave it out.',
  PolicyChoiceRequired: 'Several policies of the package apply. Name one in `assignment/assignmentPolicyId`.',
  PolicyInUse: 'There are assignments or open requests by this policy. End them first.',
  PrivilegedRoleNotAllowed: 'A package gives a privileged role only as eligible. Choose its eligible role.',
  PropertyNotChangeable: 'What was said at the creation stays: a package its catalog, a policy its package.',
  NotImplemented:
    'Microsoft Graph has it, Sallyport has not; the message names it. `operations.md` lists what there is.',
  PropertyRequired: 'A property is missing or empty. `target` names it.',
  QuestionNotValid:
    'A question of the policy is not well-formed: double ids or choices, or a pattern that is none of RE2 or has too many steps. The message says which.',
  QuestionUnknown: 'The policy has no question with this id. Read its `questions`.',
  RequestForOthersNotAllowed: 'People ask for themselves. An administrator assigns to others with `adminAdd`.',
  RequestNotCancelable: 'Only a request that is pending, or granted but not yet started, can be canceled.',
  RequestNotPending:
    'No administrator has to answer this request: it was answered, canceled or ran out, or is of another kind.',
  RequestNotReprocessable: 'Only a request that is `deliveryFailed`, for 14 days. Ask anew, or cancel it.',
  AssignmentNotReprocessable: 'The assignment has ended. Only what is delivered is given anew.',
  RequestNotAwaitingCallback:
    'There are no custom extensions here, so no request waits for the callback of one. Nothing is left to do.',
  RequestNotDeletable: 'The request is pending, or an assignment belongs to it. It stays on the record.',
  RequestPending: 'The person has a request for this package that is not decided yet. Wait, or cancel it.',
  RequestTypeNotSupported:
    'Requests are of the types `userAdd`, `userUpdate`, `userRemove`, `onBehalfAdd`, `adminAdd`, `adminUpdate`,' +
    ' `adminRemove` and `approverRemove`; those of the system are its own.',
  Request_BadRequest: 'The directory cannot do this with these values. `target` names the property at fault.',
  Request_MultipleObjectsWithSameKeyValue: 'Another object has this key already. Choose another value.',
  Request_UnsupportedQuery:
    'Graph answers this of directory objects only as an advanced query. Send `ConsistencyLevel: eventual` and, but for `$search` alone, `$count=true`.',
  Request_ResourceNotFound: 'There is no such object, or none that the caller may know of.',
  RequestorNotInScope:
    'No policy of the package lets the caller ask for it. `explain` shows what stands in the way; an administrator may assign it, or widen a policy.',
  ResourceActionsNotValid:
    'The actions of a custom role are unknown, none, or do not go together. The message says which there are.',
  ResourceAlreadyInCatalog: 'The catalog has this group or role already. Use it as it is.',
  ResourceGone: 'A group or role of the package can no longer be given. Seen as the cause of a failure.',
  ResourceInUse: 'A package of the catalog gives a role of this resource. Take it out of the package first.',
  ResourceNotFound: 'There is no such entity, or none that the caller may know of.',
  ResourceLimitReached:
    'A catalog has at most 50 resources. Take one out that no package gives, or use another catalog.',
  ResourceNotInCatalog: "The resource is not in the package's catalog. Add it with a `resourceRequest`.",
  ResourceNotSuitable: 'No package can give membership of a dynamic group: its rule decides. Choose another group.',
  ResourceOriginNotFound:
    'There is no group or directory role with this `originId`. Look it up in `/groups` or `/roleManagement/directory/roleDefinitions`.',
  ResourceRoleNotFound: 'The resource has no such role. Read the `roles` of the resource.',
  ReviewResultNotValid: 'A decision is `Approve` or `Deny`.',
  RoleAlreadyInPackage: 'The package gives this role already. Nothing is left to do.',
  RoleAssignmentDoesNotExist:
    'The principal does not have what is to be changed or removed. Look at its schedules first.',
  RoleAssignmentExists: 'The principal has this already, for a time that overlaps. Look at its schedule.',
  RoleAssignmentRequestAcrsValidationFailed:
    'The sign-in lacks the authentication context. Sign in again with the claims that the message names after `claims=`.',
  RoleAssignmentRequestNotFound:
    "There is no such request, or none that the caller may know of. List those of one's own with `filterByCurrentUser`.",
  RoleAssignmentRequestPolicyValidationFailed:
    'Rules of the policy are not met; the message lists them: `EligibilityRule`, `ExpirationRule`, `MfaRule`,' +
    ' `JustificationRule`, `TicketingRule`.',
  RoleDefinitionBuiltIn: 'A built-in role stays as it is. Create a custom role beside it.',
  RoleDefinitionDoesNotExist:
    'There is no directory role with this id. List `/roleManagement/directory/roleDefinitions`.',
  RoleDefinitionLimitReached: 'A tenant has at most 100 custom directory roles. Delete one that nobody needs.',
  RoleDefinitionNameTaken: 'Another directory role has this name. Choose one that nobody can take for it.',
  RoleTemplateTaken: 'Another directory role has this template. Leave `templateId` out.',
  RoleDefinitionInUse: 'Somebody has the role. Remove its assignments before changing what it allows, or deleting it.',
  RoleManagementPolicyAssignmentNotFound: 'There is no policy assignment with this id that the caller may know of.',
  RoleManagementPolicyNotFound: 'There is no role management policy with this id that the caller may know of.',
  RoleManagementPolicyRuleNotFound: 'A policy has no rule with this id. Read its `rules`.',
  RoleNotEnabled: 'The role is switched off for new assignments. Enable it first.',
  RoleScopeNotValid:
    'Roles of a catalog hold in `/AccessPackageCatalog/{id}`, those beyond catalogs in `/`. Name the right scope.',
  ScheduleFromPackage: 'An access package gave this assignment. Extend or remove the assignment of the package.',
  ScheduleEndNotLater: 'An end is only moved later. To end it earlier, remove it.',
  ScheduleNotAllowed: 'The policy does not let requestors choose when access ends. Leave the schedule out.',
  ScheduleNotSupported:
    'Schedules do not recur, and what has started does not start again. Leave start and recurrence out.',
  ScopeNotSupported: 'Roles are given for the whole tenant: `directoryScopeId` is `/`.',
  SelfGrantNotAllowed:
    'Nobody gives a privilege to themselves or chooses who decides about them, be it by a linked account or a group that' +
    ' they are in or own. Ask another administrator.',
  SelfRemovalNotAllowed: 'The policy does not let people give the package up themselves. Ask an administrator.',
  SignInAccountDisabled: 'The account of who signed in is disabled. Have it enabled.',
  SignInCodeWrong:
    'The one-time or recovery code is wrong, was used before, or is over. Wait for the next one, or use another.',
  SignInDenied: 'The OpenID provider signed nobody in, perhaps because somebody canceled. Begin again.',
  SignInExpired:
    'The sign-in was begun in another browser, took more than half an hour, or was finished already. Begin again.',
  SignInLinkNotValid:
    'The one-time link was used, is over or was replaced by another. Ask an administrator for a new one.',
  SignInNotFresh:
    'Changing what one signs in with wants a second factor of the last 15 minutes. Prove it again; the refusal is a claims challenge.',
  SignInNotTrusted:
    'What the OpenID provider said does not hold: issuer, audience, nonce, age or signature of the ID token, or the code.' +
    ' The log says which, under the request id.',
  SignInPasskeyRefused: 'The passkey is not registered here, belongs to somebody else, or did not sign what was asked.',
  SignInPasswordWrong: 'Name or password is wrong, or there is no such account; which one is not said. Try again.',
  SignInProofMissing:
    'The OpenID provider did not prove the MFA or the authentication context that was asked for. Look at' +
    ' `SALLYPORT_OIDC_MFA` and at the policies of the provider.',
  SignInProviderUnavailable: 'The OpenID provider does not answer, or not as it should. Try again later; see the log.',
  SignInStepNotExpected: 'Something else is asked for now, because another tab went on. Load the page again.',
  SignInUserUnknown:
    'No user, or more than one, is whom the OpenID provider signed in. Look at `SALLYPORT_OIDC_USER`, or have the account' +
    ' created.',
  SponsorExists: 'The user or group is a sponsor of the connected organization already. Nothing is left to do.',
  StageCountNotValid: 'A policy has one to three stages of approval where approval is required.',
  SubjectNotFound:
    'A user, group or application that is named does not exist. Look its id up in the directory; `target` says which one.',
  SubjectNotGuest: 'The lifecycle of a subject is for guests (`userType` Guest) alone.',
  TargetNotInScope:
    'The policy is not for this person. Choose another policy of the package, or widen the scope of this one.',
  TargetNotUsable: "The account of the person is disabled or deleted. 409 as the cause of a delivery's failure.",
  TargetsNotValid:
    'The targets do not fit the scope of the policy, or are of a kind that cannot stand there. `target` names the first of them.',
  TenantAlreadyInitialised: 'The database has a tenant already. Use another database for another tenant.',
  TooManySignInAttempts:
    'Too much was tried for this account or from this address. Wait a quarter of an hour, or use a passkey.',
  TooManyStreams:
    'One account listens with at most ten pages at a node (`GET /live`), all together with 10,000. Close some, or let' +
    ' one page listen for all.',
  UserNotFound: 'Nobody in the rehearsal is called that. See `GET /rehearsal`.',
};

/** Codes that the transport answers with, before or beside any decision. */
export const transportMeanings: Readonly<Record<string, { readonly status: number; readonly meaning: string }>> = {
  BadRequest: { status: 400, meaning: '' },
  FailedDependency: { status: 424, meaning: 'A request of the batch that this one depends on failed. Mend that one.' },
  HostNotAllowed: { status: 403, meaning: 'A rehearsal answers to `localhost`, `127.0.0.1` and `[::1]` only.' },
  InternalServerError: {
    status: 500,
    meaning: 'A fault of ours. Report it with the `request-id`; details are in the log.',
  },
  MethodNotAllowed: { status: 405, meaning: 'The path exists, but not with this method. See the header `allow`.' },
  NotFound: { status: 404, meaning: 'Nothing is served there. Graph lives below `/v1.0` and `/beta`.' },
  TooManyRequests: {
    status: 429,
    meaning:
      'The caller asked for more than `SALLYPORT_THROTTLE` allows. Wait for as many seconds as `Retry-After` says.',
  },
  OriginNotAllowed: { status: 403, meaning: 'A rehearsal takes no calls from web pages of other sites.' },
};
