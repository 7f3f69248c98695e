import { parseAddress } from './address.ts';

/**
 * The id in an entity's address as `$ref` bodies and `…@odata.bind` carry it: any host, any version,
 * `/directoryObjects/{id}`, `/users/{id}`, `directoryObjects('id')`. Null if the text is no such address.
 */
export function referencedId(address: string): string | null {
  try {
    const path = address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '');
    const { segments } = parseAddress(path);
    const last = segments.at(-1);
    return segments.length < 2 || last === undefined || last.named !== null ? null : last.text;
  } catch {
    return null;
  }
}
