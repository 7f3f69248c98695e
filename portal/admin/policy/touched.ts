/**
 * Where two documents differ, as paths with slashes (`requestApprovalSettings/stages/0/primaryApprovers`). Lists of
 * different lengths differ as a whole.
 */
export function changedPaths(before: unknown, after: unknown, path = ''): string[] {
  if (Object.is(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) return [path];
    return after.flatMap((one, index) => changedPaths(before[index], one, joined(path, String(index))));
  }
  if (isObject(before) && isObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].flatMap((name) => changedPaths(before[name], after[name], joined(path, name)));
  }
  return [path];
}

function joined(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
