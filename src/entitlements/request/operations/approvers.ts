import type { ApproverPorts, SponsorSide } from '../../../approval/index.ts';
import { approverPorts } from '../../../directory/index.ts';
import type { Id } from '../../../kernel/ids.ts';
import type { Tx } from '../../../platform/transaction.ts';

/** Where approvals of the first door look people up: in the directory, and in the connected organizations. */
export const packageApproverPorts: ApproverPorts = { ...approverPorts, connectedSponsorsOf };

/** Sponsors of the connected organization that a user comes from. Nobody comes from one yet. */
async function connectedSponsorsOf(_tx: Tx, _userId: Id, _side: SponsorSide): Promise<Id[]> {
  return [];
}
