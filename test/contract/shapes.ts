import * as models from '@microsoft/msgraph-sdk/models/index.js';
import * as errors from '@microsoft/msgraph-sdk/models/oDataErrors/index.js';

/** What Microsoft's contract says of one property. */
export interface PropertyShape {
  readonly json: Json;
  readonly collection: boolean;
}

/** A JSON type of Graph: a primitive, one of some names, or a value of a type with properties of its own. */
export type Json =
  | { readonly is: Primitive }
  | { readonly is: 'enum'; readonly members: readonly string[] }
  | { readonly is: 'object'; readonly type: TypeReference };

export type Primitive =
  | 'string'
  | 'boolean'
  | 'number'
  | 'dateTime'
  | 'date'
  | 'time'
  | 'duration'
  | 'guid'
  | 'bytes'
  | 'anything';

/** A declared type, which may stand for types derived from it. */
export interface TypeReference {
  /** The type that the declaration names: `subjectSet`. */
  readonly declared: Shape;
  /** The type that `@odata.type` names, or null if it is not known or does not derive from the declared one. */
  named(discriminator: string): Shape | null;
}

export interface Shape {
  readonly name: string;
  readonly properties: ReadonlyMap<string, PropertyShape>;
}

/*
 * Microsoft's SDK holds its contract as code: for each type a factory, which picks the type that `@odata.type` names,
 * and for each type a map from property to the call that reads it from JSON. Both are run here against a node that
 * writes down how it is read; so nothing is parsed, and a new version of the SDK is a new version of the contract.
 */

type Reader = (node: Probe) => void;
type Deserializer = (target: object) => Record<string, Reader>;
type Factory = (node: Probe) => Deserializer;

const factories = { ...models, ...errors } as unknown as Record<string, Factory | undefined>;

/** The reference to a type by its Graph name (`accessPackage`); null if Microsoft knows no such type. */
export function typeReference(name: string): TypeReference | null {
  const factory = factories[`create${capitalised(name)}FromDiscriminatorValue`];
  return factory === undefined ? null : reference(factory);
}

const references = new Map<Factory, TypeReference>();

function reference(factory: Factory): TypeReference {
  const known = references.get(factory);
  if (known !== undefined) return known;
  const made: TypeReference = {
    get declared() {
      return shape(factory(new Probe()));
    },
    named(discriminator) {
      const last = /^#microsoft\.graph\.(?:\w+\.)*(\w+)$/.exec(discriminator)?.[1];
      const picked = shape(factory(new Probe(discriminator)));
      // An unknown name falls back to the declared type: that is not what was named.
      return last === picked.name ? picked : null;
    },
  };
  references.set(factory, made);
  return made;
}

const shapes = new Map<Deserializer, Shape>();

function shape(deserializer: Deserializer): Shape {
  const known = shapes.get(deserializer);
  if (known !== undefined) return known;
  const name = uncapitalised(deserializer.name.replace(/^deserializeInto/, ''));
  const properties = new Map<string, PropertyShape>();
  for (const [property, read] of Object.entries(deserializer({}))) {
    const probe = new Probe();
    read(probe);
    // What is not read from JSON (`backingStoreEnabled`) is the SDK's own.
    if (probe.seen !== undefined) properties.set(property, probe.seen);
  }
  const made = { name, properties };
  shapes.set(deserializer, made);
  return made;
}

/** Stands in for the SDK's JSON node: notes how a property is read instead of reading it. */
class Probe {
  seen: PropertyShape | undefined;
  readonly #discriminator: string | undefined;

  constructor(discriminator?: string) {
    this.#discriminator = discriminator;
  }

  getChildNode(name: string): { getStringValue(): string | undefined } | undefined {
    return name === '@odata.type' ? { getStringValue: () => this.#discriminator } : undefined;
  }

  getStringValue = (): void => this.#note({ is: 'string' });
  getBooleanValue = (): void => this.#note({ is: 'boolean' });
  getNumberValue = (): void => this.#note({ is: 'number' });
  getDateValue = (): void => this.#note({ is: 'dateTime' });
  getDateOnlyValue = (): void => this.#note({ is: 'date' });
  getTimeOnlyValue = (): void => this.#note({ is: 'time' });
  getDurationValue = (): void => this.#note({ is: 'duration' });
  getGuidValue = (): void => this.#note({ is: 'guid' });
  getByteArrayValue = (): void => this.#note({ is: 'bytes' });
  getEnumValue = (of: Record<string, string>): void => this.#note(enumeration(of));
  getObjectValue = (of: Factory): void => this.#note(object(of));
  getCollectionOfEnumValues = (of: Record<string, string>): void => this.#note(enumeration(of), true);
  getCollectionOfObjectValues = (of: Factory): void => this.#note(object(of), true);
  getCollectionOfPrimitiveValues = (of?: string): void => this.#note(primitive(of), true);

  #note(json: Json, collection = false): void {
    this.seen = { json, collection };
  }
}

function enumeration(of: Record<string, string>): Json {
  return { is: 'enum', members: Object.values(of) };
}

function object(of: Factory): Json {
  return of.name === 'createUntypedNodeFromDiscriminatorValue'
    ? { is: 'anything' }
    : { is: 'object', type: reference(of) };
}

function primitive(of = 'anything'): Json {
  const names: Record<string, Primitive> = { string: 'string', boolean: 'boolean', number: 'number', Date: 'dateTime' };
  return { is: names[of] ?? 'anything' };
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function uncapitalised(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
