import ts from 'typescript';
import { activitiesOf } from '../../src/capabilities.ts';
import { eachNode, type Flow, isCallOf, propertyOf } from './flow.ts';
import { document, table } from './page.ts';

/**
 * The event types in the product's code, sorted: of what is recorded (`tx.record({ type })`) and of what is attempted
 * (`attempts`, the type under which a refusal is recorded). `*` stands for what the code alone does not tell.
 */
export function findEventTypes(flow: Flow): string[] {
  const found = new Set<string>();
  for (const file of flow.files) {
    eachNode(file, (node) => {
      for (const type of typesAt(node)) for (const [text = ''] of flow.texts(type)) found.add(text);
    });
  }
  return [...found].sort();
}

function typesAt(node: ts.Node): ts.Expression[] {
  if (isCallOf(node, 'record') && ts.isPropertyAccessExpression(node.expression)) {
    const [event] = node.arguments;
    return event !== undefined && ts.isObjectLiteralExpression(event) ? propertyOf(event, 'type') : [];
  }
  return ts.isObjectLiteralExpression(node) ? propertyOf(node, 'attempts') : [];
}

/** Whether a type that was found can be this one. */
export function fits(found: string, type: string): boolean {
  const pattern = found.split('*').map((part) => part.replace(/[.\\^$+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${pattern.join('[\\w-]+')}$`).test(type);
}

/** `docs/reference/events.md`. */
export function eventsPage(): string {
  const sections = Object.entries(activitiesOf).map(([capability, activities]) => {
    const rows = Object.entries(activities).map(([type, { name, category, service, operation }]) => [
      `\`${type}\``,
      name,
      category,
      service,
      operation,
    ]);
    const heads = ['event type', '`activityDisplayName`', '`category`', '`loggedByService`', '`operationType`'];
    return `## ${capability}\n\n${table(heads, rows)}`;
  });
  return document(
    'Events',
    'Every event type of the log, by the part of `src/` that records it, and how `auditLogs/directoryAudits` shows it.' +
      ' The type itself is in `additionalDetails` (`eventType`). An event with the result `failure` is the trace of a' +
      ' refused attempt: its `resultReason` begins with the [code of the refusal](refusals.md). Due work that a rule' +
      ' refuses leaves such a trace under `due.<kind>`.',
    ...sections,
  );
}
