import type { ApproverPorts } from '../../../approval/index.ts';
import { approverPorts } from '../../../directory/index.ts';
import { connectedSponsorsOf } from '../../connected/operations.ts';

/** Where approvals of the first door look people up: in the directory, and in the connected organizations. */
export const packageApproverPorts: ApproverPorts = { ...approverPorts, connectedSponsorsOf };
