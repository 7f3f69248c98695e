import { ApiError } from '../api/errors.ts';
import type { Speech } from '../words/use-words.ts';

/**
 * What happened and what to do, for a person. The server's own sentence names what is wrong, so a refusal is shown as
 * it was said; only what has no such sentence is put into words here.
 */
export function explain(fault: unknown, t: Speech['t']): string {
  if (!(fault instanceof ApiError)) return t('parts.error.fault');
  if (fault.code === 'Unreachable') return t('parts.error.unreachable');
  if (fault.status === 429) return t('parts.error.busy');
  if (fault.status >= 500) return t('parts.error.fault');
  if (fault.status === 403 && fault.code === 'Authorization_RequestDenied') return t('parts.error.forbidden');
  return fault.message;
}
