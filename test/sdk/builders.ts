import type { NavigationMetadata, RequestMetadata, RequestsMetadata } from '@microsoft/kiota-abstractions';
import * as models from '@microsoft/msgraph-sdk/models/index.js';
import { createODataErrorFromDiscriminatorValue } from '@microsoft/msgraph-sdk/models/oDataErrors/index.js';

/** What a request may have beside its body, as Kiota's request configuration has it. */
export interface Configuration {
  readonly headers?: Record<string, string>;
  readonly queryParameters?: {
    readonly filter?: string;
    readonly expand?: string[];
    readonly select?: string[];
    readonly orderby?: string[];
    readonly search?: string;
    readonly count?: boolean;
    readonly top?: number;
  };
}

/** A page of a collection, as the SDK's models have it. */
export interface Page<T> {
  readonly value?: T[] | null;
  readonly odataCount?: number | null;
  readonly odataNextLink?: string | null;
}

export interface List<T> {
  get(configuration?: Configuration): Promise<Page<T> | undefined>;
}

export interface Collection<T> extends List<T> {
  post(body: T, configuration?: Configuration): Promise<T | undefined>;
}

export interface Item<T> {
  get(configuration?: Configuration): Promise<T | undefined>;
  patch(body: T, configuration?: Configuration): Promise<T | undefined>;
  put(body: T, configuration?: Configuration): Promise<T | undefined>;
  delete(configuration?: Configuration): Promise<void>;
}

export interface Action<B, R> {
  post(body: B, configuration?: Configuration): Promise<R | undefined>;
}

/*
 * Microsoft publishes fluent packages on npm for some roots of Graph only (`msgraph-sdk-users`, `-directory` …), none for
 * those of both doors. Such a package holds nothing but metadata: for each path its template, and with which of the
 * SDK's models bodies are written and read. What stands here is that metadata, made from the path and the model's name;
 * client, adapter, middleware, models and their serialisation are Microsoft's.
 */

const options = ['count', 'expand', 'filter', 'orderby', 'search', 'select', 'skip', 'top'];
const mapper = Object.fromEntries(options.map((name) => [name, `%24${name}`]));
const ofCollections = `{?${Object.values(mapper).join()}}`;
const ofItems = '{?%24expand,%24select}';

type Factory = NonNullable<RequestMetadata['responseBodyFactory']>;
type Serializer = NonNullable<RequestMetadata['requestBodySerializer']>;

const known = models as unknown as Record<string, Factory | Serializer | undefined>;

function modelPart<T>(name: string): T {
  const found = known[name];
  if (found === undefined) throw new Error(`The SDK has no ${name}`);
  return found as T;
}

const capital = (type: string) => type.charAt(0).toUpperCase() + type.slice(1);
const reads = (type: string) => modelPart<Factory>(`create${capital(type)}FromDiscriminatorValue`);
const writes = (type: string) => modelPart<Serializer>(`serialize${capital(type)}`);

function request(uriTemplate: string, gives: Factory | null): RequestMetadata {
  const errorMappings = { XXX: createODataErrorFromDiscriminatorValue };
  const base = {
    uriTemplate,
    responseBodyContentType: 'application/json',
    errorMappings,
    queryParametersMapper: mapper,
  };
  return gives === null
    ? { ...base, adapterMethodName: 'sendNoResponseContent' }
    : { ...base, adapterMethodName: 'send', responseBodyFactory: gives };
}

function sending(metadata: RequestMetadata, requestBodySerializer: Serializer): RequestMetadata {
  return {
    ...metadata,
    requestBodyContentType: 'application/json',
    requestBodySerializer,
    requestInformationContentSetMethod: 'setContentFromParsable',
  };
}

type Below = Record<string, NavigationMetadata>;

/** A collection of a model's type at a path, with its items behind `by` and what else hangs there. */
export function collection(path: string, type: string, below: Below = {}): NavigationMetadata {
  const requestsMetadata: RequestsMetadata = {
    get: request(path + ofCollections, reads(`${type}CollectionResponse`)),
    post: sending(request(path, reads(type)), writes(type)),
  };
  return { requestsMetadata, navigationMetadata: below };
}

/** The items of a collection, by their key; `key` is the name that the path has for it. */
export function items(path: string, key: string, type: string, below: (path: string) => Below = () => ({})) {
  const place = `${path}/{${key}}`;
  return { ...item(place, type), navigationMetadata: below(place), pathParametersMappings: [key] };
}

/** One entity at a path. */
function item(path: string, type: string): NavigationMetadata {
  const requestsMetadata: RequestsMetadata = {
    get: request(path + ofItems, reads(type)),
    patch: sending(request(path, reads(type)), writes(type)),
    put: sending(request(path, reads(type)), writes(type)),
    delete: request(path, null),
  };
  return { requestsMetadata };
}

/** `filterByCurrentUser(on='…')` of a collection. */
export function filterByCurrentUser(path: string, type: string): NavigationMetadata {
  const template = `${path}/filterByCurrentUser(on='{on}')${ofCollections}`;
  return {
    requestsMetadata: { get: request(template, reads(`${type}CollectionResponse`)) },
    pathParametersMappings: ['on'],
  };
}

/** Adding to a relationship, and taking from it. */
export function references(path: string): NavigationMetadata {
  return { requestsMetadata: { post: sending(request(`${path}/$ref`, null), writes('referenceCreate')) } };
}
