import { nameTargets } from '../../../directory/index.ts';
import {
  decideDuties,
  type Excluding,
  foreseeApproverRemove,
  packageCase,
  packageRequest,
  picture,
  readsPackage,
} from '../../../entitlements/index.ts';
import type { Binding } from '../../../grants/index.ts';
import { type Id, isId } from '../../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Instant } from '../../../kernel/time.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { accessOfRequest, readsRequests, scheduleRequest } from '../../../privileged/index.ts';
import type { ApprovalCase } from '../contract.ts';

type PackageRequest = NonNullable<Awaited<ReturnType<typeof packageRequest>>>;
type ActivationRequest = NonNullable<Awaited<ReturnType<typeof scheduleRequest>>>;

/** What an approval is about, from the door that it guards. */
export interface CaseFile {
  readonly id: Id;
  readonly kind: ApprovalCase['kind'];
  readonly what: ApprovalCase['what'];
  readonly request: ApprovalCase['request'];
  readonly answers: (isOpen: boolean) => ApprovalCase['answers'];
  readonly opens: ApprovalCase['opens'];
  readonly access: Outcome<{
    readonly from: Instant;
    readonly until: Instant | null;
    readonly binding: Binding | null;
  }> | null;
  readonly excluding: readonly Excluding[];
  readonly duties: Outcome<void>;
  /** Whether the caller could take back what they approved. */
  readonly takingBack: Outcome<void>;
  /** Where a stage is decided, in Graph. */
  readonly decideAt: (stageId: Id) => string;
}

/** A case before it is opened: who may see it has to be asked first. */
export interface ClosedCase {
  readonly id: Id;
  /** Whether the caller reads all requests of the kind. */
  readonly readsAll: () => Promise<boolean>;
  readonly open: () => Promise<CaseFile>;
}

/** The case of a request for a package or of one to activate; null if there is none with the id. */
export async function findCase(tx: Tx, id: string): Promise<ClosedCase | null> {
  if (!isId(id)) return null;
  const asked = await packageRequest(tx, id);
  if (asked !== null) {
    return { id, readsAll: () => readsPackage(tx, asked.packageId), open: () => packageFile(tx, asked) };
  }
  const activation = await scheduleRequest(tx, id);
  if (activation === null) return null;
  return { id, readsAll: () => readsRequests(tx, activation), open: () => activationFile(tx, activation) };
}

async function packageFile(tx: Tx, request: PackageRequest): Promise<CaseFile> {
  const { id, snapshot, packageId } = request;
  const about = await packageCase(tx, request);
  const root = '/v1.0/identityGovernance/entitlementManagement/accessPackageAssignmentApprovals';
  return {
    id,
    kind: 'accessPackage',
    what: { id: packageId, displayName: snapshot.packageName, type: 'accessPackage' },
    request: {
      type: request.requestType,
      createdDateTime: request.createdAt.toString(),
      justification: request.justification,
      ticketNumber: null,
      ticketSystem: null,
      startDateTime: snapshot.startDateTime ?? null,
      expiration: snapshot.expiration,
    },
    answers: (isOpen) =>
      about.answers.map(({ question, answer }) => ({
        questionId: question.id,
        text: question.text,
        isRequired: question.isRequired,
        // What is not editable may still be filled while it is empty.
        isEditable: isOpen && (question.isAnswerEditable || answer === null),
        value: answer?.value ?? null,
        displayValue: answer?.displayValue ?? null,
        question,
      })),
    opens: about.gives,
    access: about.access,
    excluding: about.excluding,
    duties: decideDuties(about.excluding),
    takingBack: await foreseeApproverRemove(tx, id),
    decideAt: (stageId) => `${root}/${id}/stages/${stageId}`,
  };
}

async function activationFile(tx: Tx, request: ActivationRequest): Promise<CaseFile> {
  const { id, privilege, ticket, schedule } = request;
  const isRole = privilege.kind === 'role';
  const [named] = await nameTargets(tx.db(), [{ id: privilege.id, type: 'Any' }]);
  const displayName = named?.displayName ?? '';
  const content = {
    id,
    originSystem: isRole ? 'DirectoryRole' : 'AadGroup',
    originId: privilege.id,
    kind: isRole ? 'active' : privilege.kind === 'group-owner' ? 'owner' : 'member',
    displayName,
  } as const;
  const place = isRole
    ? { root: '/beta/roleManagement/directory/roleAssignmentApprovals', stages: 'steps' }
    : { root: '/v1.0/identityGovernance/privilegedAccess/group/assignmentApprovals', stages: 'stages' };
  return {
    id,
    kind: 'activation',
    what: { id: privilege.id, displayName, type: isRole ? 'role' : 'group' },
    request: {
      type: request.action,
      createdDateTime: request.createdAt.toString(),
      justification: request.justification,
      ticketNumber: ticket.number,
      ticketSystem: ticket.system,
      startDateTime: schedule?.startDateTime ?? null,
      expiration: schedule?.expiration ?? { type: 'notSpecified', duration: null, endDateTime: null },
    },
    answers: () => [],
    opens: await picture(tx, [content]),
    access: await accessOfRequest(tx, request),
    excluding: [],
    duties: accept(undefined),
    takingBack: refuse('forbidden', 'ApprovalNotGiven', 'An approval of an activation is not taken back.'),
    decideAt: (stageId) => `${place.root}/${id}/${place.stages}/${stageId}`,
  };
}
