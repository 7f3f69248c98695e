import type { Static, TOptional, TSchema, TUnsafe } from 'typebox';
import { Type } from 'typebox';

/** Marks a property of a shape that must be sent. */
export interface Required<S extends TSchema> {
  readonly is: 'required';
  readonly schema: S;
}

type Member = TSchema | Required<TSchema>;
type Members = Readonly<Record<string, Member>>;

type PropertiesOf<M extends Members> = {
  -readonly [K in keyof M]: M[K] extends Required<infer S> ? S : M[K] extends TSchema ? TOptional<M[K]> : never;
};

/** What else may be said of a shape. */
export interface ShapeOptions {
  /** Properties of the type that clients send back after reading and Graph ignores: dropped before anything looks. */
  readonly readOnly?: readonly string[];
  /** Properties of this shape that Microsoft documents but does not declare; the contract tests leave them out. */
  readonly welcome?: readonly string[];
  /** Other names under which clients send a property: `{ accessPackageAssignment: 'assignment' }`. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Truths and whole numbers, in it and below, may come as texts (`"true"`, `"1"`), where Microsoft's pages show that. */
  readonly takesTexts?: boolean;
}

/** The `@odata.type` that a shape was chosen by. */
type Typed<Name extends string, S> = S & { '@odata.type': Name };

export type { Static };

/** A property that must be sent. */
export function required<S extends TSchema>(schema: S): Required<S> {
  return { is: 'required', schema };
}

/** A closed object: every other property is refused by name. All properties are optional unless `required(...)`. */
export function shape<M extends Members>(members: M, options: ShapeOptions = {}) {
  const properties = Object.fromEntries(
    Object.entries(members).map(([name, member]) => [
      name,
      isRequired(member) ? member.schema : Type.Optional(member as TSchema),
    ]),
  ) as PropertiesOf<M>;
  return Type.Object(properties, {
    additionalProperties: false,
    readOnlyNames: options.readOnly ?? [],
    welcomeNames: options.welcome ?? [],
    aliases: options.aliases ?? {},
    takesTexts: options.takesTexts ?? false,
  });
}

function isRequired(member: Member): member is Required<TSchema> {
  return 'is' in member && member.is === 'required';
}

/** Names for `shape(…, { readOnly })`. */
export function readOnly(...names: readonly string[]): readonly string[] {
  return names;
}

/** One of several shapes, told apart by `@odata.type` (`#microsoft.graph.singleUser`), which must be sent. */
export function oneOfTypes<S extends Readonly<Record<string, TSchema>>>(
  shapes: S,
): TUnsafe<{ [K in keyof S & string]: Typed<K, Static<S[K]>> }[keyof S & string]> {
  const branches = Object.entries(shapes).map(([name, schema]) => ({
    ...schema,
    properties: { '@odata.type': { const: name }, ...(schema as { properties?: object }).properties },
    required: ['@odata.type', ...((schema as { required?: readonly string[] }).required ?? [])],
  }));
  return Type.Unsafe({
    type: 'object',
    discriminator: { propertyName: '@odata.type' },
    required: ['@odata.type'],
    oneOf: branches,
  });
}

/** An enum member, taken in any letter case and handed on in Graph's spelling. */
export function enumOf<const M extends readonly string[]>(members: M): TUnsafe<M[number]> {
  return Type.Unsafe({ type: 'string', enum: [...members] });
}

export function text(limits: { readonly maxLength?: number; readonly minLength?: number } = {}) {
  return Type.String(limits);
}

export function bool() {
  return Type.Boolean();
}

export function int(limits: { readonly minimum?: number; readonly maximum?: number } = {}) {
  return Type.Integer(limits);
}

/** An ISO 8601 instant with an offset. */
export function instant() {
  return Type.String({ format: 'instant', maxLength: 64 });
}

/** An ISO 8601 duration of days, hours, minutes and seconds. */
export function duration() {
  return Type.String({ format: 'duration', maxLength: 64 });
}

/** A calendar date, `YYYY-MM-DD`. */
export function date() {
  return Type.String({ format: 'date', maxLength: 10 });
}

/** A GUID, in either case. */
export function guid() {
  return Type.String({ format: 'guid' });
}

/** The address of an entity, for `@odata.id` and `…@odata.bind`; `referencedId` gives its id. */
export function reference() {
  return Type.String({ format: 'reference', maxLength: 2048 });
}

export function listOf<S extends TSchema>(
  item: S,
  limits: { readonly maxItems?: number; readonly minItems?: number } = {},
) {
  return Type.Array(item, limits);
}

export function nullable<S extends TSchema>(schema: S): TUnsafe<Static<S> | null> {
  return Type.Unsafe({ anyOf: [schema, { type: 'null' }] });
}

/** Any JSON value, for what is kept but not understood. */
export function anything() {
  return Type.Unknown();
}
