import { type Address, versioned } from './address.ts';
import { emptyResponse, jsonResponse, type Response, textResponse } from './answer.ts';
import type { Answer, EntitySet } from './declaration.ts';
import { badRequest } from './errors.ts';
import { pageSize, readPlace, sealed, writePlace } from './page.ts';
import { canonicalPath, type Resolved, type Step } from './path.ts';
import type { Engine, Request } from './ports.ts';
import type { Preferences } from './prefer.ts';
import { continued, type Query } from './query.ts';
import {
  countCollection,
  countList,
  type Page,
  type Reading,
  readBack,
  readCollection,
  readEntity,
  readKeys,
  readList,
  readProperty,
} from './read.ts';
import { type Shape, spread } from './select.ts';

/** What was asked, and how: the request with its address taken apart. */
export interface Asked {
  readonly request: Request;
  readonly address: Address;
  readonly preferences: Preferences;
}

/** Answers a read that the declarations describe. */
export function answerRead(engine: Engine, asked: Asked, resolved: Resolved, given: Query): Promise<Response> {
  const { request } = asked;
  const query = spelledOut(engine, resolved.set, given);
  return engine.ports.read(request.caller, async (db, context) => {
    const { showsLaterMembers } = asked.preferences;
    const reading = { registry: engine.registry, db, context, showsLaterMembers };
    const size = pageSize(query, asked.preferences);
    const { wanted } = resolved;
    switch (wanted.is) {
      case 'collection':
        return listResponse(
          asked,
          contextName(engine, resolved.steps),
          await readCollection(reading, resolved, query, size),
          query,
        );
      case 'count':
        return textResponse(String(await countCollection(reading, resolved, query)));
      case 'entity':
        return entityResponse(
          asked,
          contextName(engine, resolved.steps),
          await readEntity(reading, resolved, query),
          query,
        );
      case 'references':
      case 'reference':
        return referenceResponse(engine, asked, resolved, await readKeys(reading, resolved, query, size));
      case 'property':
        return propertyResponse(asked, resolved, wanted, await readProperty(reading, resolved, wanted.names));
    }
  });
}

/** Answers what an operation gave. `counts` asks for the number of a list's rows in place of the rows. */
export async function answerOperation(
  engine: Engine,
  asked: Asked,
  answer: Answer,
  query: Query,
  counts: boolean,
): Promise<Response> {
  if ('body' in answer) return bodyResponse(asked, answer, counts);
  if ('rows' in answer) return rowsResponse(asked, answer, query, counts);
  if ('list' in answer) return listOf(engine, asked, answer.list, query, counts);
  if (!('read' in answer)) return emptyResponse(answer.status);
  const { set: name, id } = answer.read;
  const set = engine.registry.set(name);
  const whole = spelledOut(engine, set, query);
  const { showsLaterMembers } = asked.preferences;
  const item = await engine.ports.read(asked.request.caller, (db, context) =>
    readBack({ registry: engine.registry, db, context, showsLaterMembers }, set, id, whole),
  );
  if (item === undefined) throw new Error(`An operation answered with ${name} '${id}', which is not there.`);
  const mount = engine.registry.mountOf(set);
  const response = entityResponse(asked, mount ? mount.path.slice(1) : name, item, whole);
  if (answer.status !== 201 || mount === null) return { ...response, status: answer.status };
  const location = `${root(asked)}${mount.path}/${encodeURIComponent(id)}`;
  return { ...response, status: 201, headers: { ...response.headers, location } };
}

type List = Extract<Answer, { list: unknown }>['list'];

function listOf(engine: Engine, asked: Asked, list: List, given: Query, counts: boolean): Promise<Response> {
  const { request } = asked;
  const set = engine.registry.set(list.set);
  const query = spelledOut(engine, set, given);
  return engine.ports.read(request.caller, async (db, context) => {
    const { showsLaterMembers } = asked.preferences;
    const reading: Reading = { registry: engine.registry, db, context, showsLaterMembers };
    if (counts) return textResponse(String(await countList(reading, set, list.where, query)));
    const page = await readList(reading, set, list.where, query, pageSize(query, asked.preferences));
    return listResponse(asked, typeContext(engine, set), page, query);
  });
}

type Body = Extract<Answer, { body: unknown }>;

function bodyResponse(asked: Asked, { status, body, context }: Body, counts: boolean): Response {
  if (!counts) return jsonResponse(status, { '@odata.context': metadata(asked, context), ...body });
  if (!('value' in body && Array.isArray(body.value))) throw badRequest('$count needs a collection.', '$count');
  return textResponse(String(body.value.length));
}

type Rows = Extract<Answer, { rows: unknown }>;

function rowsResponse(asked: Asked, { rows, besides, context }: Rows, query: Query, counts: boolean): Response {
  const { select, expand, filter, orderby, search } = query;
  const given = { $select: select, $expand: expand[0], $filter: filter, $orderby: orderby[0], $search: search };
  const [odd] = Object.entries(given).find(([, value]) => value !== null && value !== undefined) ?? [];
  if (odd !== undefined) throw badRequest(`${odd} is not supported here.`, odd);
  if (counts) return textResponse(String(rows.length));
  const from = query.skiptoken === null ? query.skip : readPlace(query.skiptoken);
  const end = from + pageSize(query, asked.preferences);
  const next = end < rows.length ? writePlace(end) : null;
  return jsonResponse(200, {
    '@odata.context': metadata(asked, context),
    ...(query.count ? { '@odata.count': rows.length } : {}),
    ...nextLink(asked, { next }),
    ...besides,
    value: rows.slice(from, end),
  });
}

/** The query with all navigations of the set in place of `$expand=*`. */
function spelledOut(engine: Engine, set: EntitySet, query: Query): Query {
  return { ...query, expand: spread(engine.registry, set, query.expand) };
}

/** `{base}/v1.0`, by which this request's addresses begin. */
function root({ request, address }: Asked): string {
  return `${request.baseUrl}/${address.version}`;
}

function metadata(asked: Asked, fragment: string): string {
  return `${root(asked)}/$metadata#${fragment}`;
}

/** The name of what a path gives, for `@odata.context`: the target's own place where it has one. */
function contextName(engine: Engine, steps: readonly Step[]): string {
  const last = steps.findLast((step) => step.is !== 'key');
  const set = last === undefined ? null : last.is === 'mount' ? last.mount.set : last.set;
  const object = set === null ? null : engine.registry.objectsOf(set);
  if (object !== null) return object;
  const mount = set === null || last?.is === 'mount' ? null : engine.registry.mountOf(set);
  if (mount !== null) return mount.path.slice(1);
  const place = steps.at(-1)?.is === 'key' ? steps.slice(0, -1) : steps;
  return canonicalPath(place);
}

function typeContext(engine: Engine, set: EntitySet): string {
  return engine.registry.mountOf(set)?.path.slice(1) ?? `Collection(${set.type})`;
}

/** Which properties and navigations an answer holds, where that was asked for: `(id,displayName,manager(id))`. */
function projection({ select, expand }: Shape): string {
  const properties = (select ?? []).map((path) => path.join('/'));
  const navigations = expand.map((each) => `${each.segments.join('/')}${projection(each) || '()'}`);
  const all = [...properties, ...navigations];
  return all.length === 0 ? '' : `(${all.join(',')})`;
}

function listResponse(asked: Asked, name: string, page: Page, query: Query): Response {
  return jsonResponse(200, {
    '@odata.context': metadata(asked, `${name}${projection(query)}`),
    ...(page.count === null ? {} : { '@odata.count': page.count }),
    ...nextLink(asked, page),
    value: page.value,
  });
}

function nextLink(asked: Asked, page: Pick<Page, 'next'>) {
  if (page.next === null) return {};
  const path = asked.request.url.split('?', 1)[0] ?? '';
  const query = continued(asked.address.query, sealed(page.next, asked.address));
  return { '@odata.nextLink': `${asked.request.baseUrl}${versioned(path, asked.address.version)}?${query}` };
}

function entityResponse(asked: Asked, name: string, item: unknown, query: Query): Response {
  const context = metadata(asked, `${name}${projection(query)}/$entity`);
  return jsonResponse(200, { '@odata.context': context, ...(item as object) });
}

function referenceResponse(engine: Engine, asked: Asked, resolved: Resolved, page: Page): Response {
  const mount = engine.registry.mountOf(resolved.set);
  const object = engine.registry.objectsOf(resolved.set) === null ? null : '/directoryObjects';
  const path = asked.address.segments.slice(0, -1).map((segment) => `/${encodeURIComponent(segment.text)}`);
  const place = `${root(asked)}${mount?.path ?? object ?? path.join('')}`;
  const references = page.value.map((key) => ({ '@odata.id': `${place}/${encodeURIComponent(String(key))}` }));
  if (resolved.wanted.is === 'reference') {
    return jsonResponse(200, { '@odata.context': metadata(asked, '$ref'), ...references[0] });
  }
  const context = metadata(asked, 'Collection($ref)');
  return jsonResponse(200, { '@odata.context': context, ...nextLink(asked, page), value: references });
}

type PropertyWanted = Extract<Resolved['wanted'], { is: 'property' }>;

function propertyResponse(asked: Asked, resolved: Resolved, wanted: PropertyWanted, value: unknown): Response {
  if (wanted.form === 'count') return textResponse(String(Array.isArray(value) ? value.length : 0));
  if (value === null || value === undefined) return emptyResponse(204);
  if (wanted.form === 'value') return textResponse(typeof value === 'string' ? value : JSON.stringify(value));
  const context = metadata(asked, `${canonicalPath(resolved.steps)}/${wanted.names.join('/')}`);
  const isObject = typeof value === 'object' && !Array.isArray(value);
  return jsonResponse(200, { '@odata.context': context, ...(isObject ? value : { value }) });
}
