import type { ApproverPorts } from '../../../approval/index.ts';
import { isUsable, managerOf, usersIn } from '../../../directory/index.ts';

/** Where approvals of this door look people up. */
export const approverPorts: ApproverPorts = { managerOf, usersIn, isUsable };
