import type { EntitySet, Property } from '../../src/graph/declaration.ts';

type Row = Readonly<Record<string, unknown>>;

/** Paths of the properties that can be compared, those inside complex values too: `initiatedBy/user/id`. */
export function comparablePaths(properties: EntitySet['properties']): string[] {
  return Object.entries(properties).flatMap(([name, property]) => comparable(name, property));
}

function comparable(path: string, property: Property): string[] {
  if (property.collection) return [];
  if (property.edm !== 'json') return [path];
  return Object.entries(property.fields ?? {}).flatMap(([name, field]) => comparable(`${path}/${name}`, field));
}

/** For every property a filter that finds the row by the very value that it has, or that a part or element of it has. */
export function findingFilters(properties: EntitySet['properties'], row: Row): string[] {
  return Object.entries(properties).flatMap(([name, property]) => filtersOf(name, property, row[name]));
}

function filtersOf(path: string, property: Property, value: unknown): string[] {
  if (property.collection) return collectionFilters(path, property, value);
  if (property.edm !== 'json') return [`${path} eq ${literal(property, value)}`];
  // Below nothing there is nothing.
  return Object.entries(property.fields ?? {}).flatMap(([name, field]) =>
    filtersOf(`${path}/${name}`, field, (value as Row | null)?.[name]),
  );
}

/** A collection is looked into by each of its elements. */
function collectionFilters(path: string, property: Property, value: unknown): string[] {
  const elements: readonly unknown[] = Array.isArray(value) ? value : [];
  if (elements.length === 0) return [`not ${path}/any()`];
  return [...new Set(elements.flatMap((element) => elementFilters(path, property, element)))];
}

function elementFilters(path: string, property: Property, element: unknown): string[] {
  const each = `e${path.length}`;
  if (property.edm !== 'json') return [`${path}/any(${each}: ${each} eq ${literal(property, element)})`];
  return Object.entries(property.fields ?? {}).flatMap(([name, field]) =>
    filtersOf(`${each}/${name}`, field, (element as Row)[name]).map((filter) => `${path}/any(${each}: ${filter})`),
  );
}

function literal(property: Property, value: unknown): string {
  if (value === null || value === undefined) return 'null';
  const isBare = ['boolean', 'int32', 'dateTimeOffset', 'guid'].includes(property.edm);
  if (property.edm === 'duration') return `duration'${value}'`;
  return isBare ? String(value) : `'${String(value).replaceAll("'", "''")}'`;
}
