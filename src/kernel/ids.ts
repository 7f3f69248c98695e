/** Lower-case GUID, the identity of every entity, as Entra writes it. */
export type Id = string;

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A fresh random GUID. */
export function newId(): Id {
  return crypto.randomUUID();
}

/** Whether the text is a GUID, in either case. */
export function isId(text: string): boolean {
  return guid.test(text);
}
