import {
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PrimitiveValueListNode,
  type QueryResult,
  type RootOperationNode,
  type UnknownRow,
  type ValueNode,
} from 'kysely';

/** Type number of `timestamptz` in PostgreSQL's catalogue. */
export const timestamptz = 1184;

/** Reads PostgreSQL's text of a `timestamptz`, which carries an offset. */
export function instantFromText(text: string): Temporal.Instant {
  return Temporal.Instant.from(text);
}

function plain(value: unknown): unknown {
  return value instanceof Temporal.Instant ? value.toString() : value;
}

class InstantsToText extends OperationNodeTransformer {
  protected override transformValue(node: ValueNode): ValueNode {
    return { ...super.transformValue(node), value: plain(node.value) };
  }

  protected override transformPrimitiveValueList(node: PrimitiveValueListNode): PrimitiveValueListNode {
    return { ...super.transformPrimitiveValueList(node), values: node.values.map(plain) };
  }
}

/** Lets queries take `Temporal.Instant` as a parameter: neither driver knows how to write one. */
export class InstantParameters implements KyselyPlugin {
  readonly #transformer = new InstantsToText();

  transformQuery(args: PluginTransformQueryArgs): RootOperationNode {
    return this.#transformer.transformNode(args.node, args.queryId);
  }

  async transformResult(args: { result: QueryResult<UnknownRow> }): Promise<QueryResult<UnknownRow>> {
    return args.result;
  }
}
