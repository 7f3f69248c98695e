/** An XML element; attributes without a value are left out. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly children: readonly Element[];
}

export function element(
  name: string,
  attributes: Element['attributes'] = {},
  children: readonly Element[] = [],
): Element {
  return { name, attributes, children };
}

/** The element as an XML document. */
export function xmlDocument(root: Element): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${written(root, '')}`;
}

function written({ name, attributes, children }: Element, indent: string): string {
  const pairs = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escaped(value)}"`],
  );
  const open = `${indent}<${name}${pairs.join('')}`;
  if (children.length === 0) return `${open} />\n`;
  return `${open}>\n${children.map((child) => written(child, `${indent}  `)).join('')}${indent}</${name}>\n`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
