import type { EndBound } from '../../grants/index.ts';
import type { EndReason } from './model.ts';

/** `endsBecause.reason` of `/sallyport/assignments`: why an assignment ends, or ended, when it does. */
export type AssignmentEndReason = EndReason | EndBound;
