import { approvalTransitions } from '../../src/approval/progress.ts';
import { assignmentTransitions } from '../../src/entitlements/assignment/model.ts';
import { requestTransitions } from '../../src/entitlements/request/machine.ts';
import { firstStates, transitions } from '../../src/privileged/request/machine.ts';
import { document, folded } from './page.ts';

type Transitions = Readonly<Record<string, readonly string[]>>;

const machines: readonly { title: string; says: string; first: readonly string[]; transitions: Transitions }[] = [
  {
    title: 'Approval',
    says:
      'Computed from a snapshot of the stages, the votes and the instant; never stored (`src/approval/progress.ts`).' +
      ' `pending` repeats itself while stages follow one another.',
    first: ['pending'],
    transitions: approvalTransitions,
  },
  {
    title: 'Assignment request',
    says: 'The first door: `state` of `accessPackageAssignmentRequest` (`src/entitlements/request/machine.ts`).',
    first: requestTransitions.new,
    transitions: without(requestTransitions, 'new'),
  },
  {
    title: 'Assignment',
    says: 'What the first door gives: `state` of `accessPackageAssignment` (`src/entitlements/assignment/model.ts`).',
    first: ['delivered'],
    transitions: assignmentTransitions,
  },
  {
    title: 'Schedule request',
    says:
      'The second door: requests to PIM for roles and for groups (`src/privileged/request/machine.ts`). On the wire' +
      ' `granted` is `Granted` until it starts and `Provisioned` from then on, and `timedOut` is `Denied`.',
    first: firstStates,
    transitions,
  },
];

/** `docs/reference/states.md`. */
export function statesPage(): string {
  return document(
    'States',
    'The state machines, drawn from their transition tables. What follows from time alone (a deadline, an end) is a' +
      ' predicate: nobody has to do anything for it to be true.',
    ...machines.map(
      ({ title, says, first, transitions: moves }) => `## ${title}\n\n${folded(says)}\n\n${diagram(first, moves)}`,
    ),
  );
}

function diagram(first: readonly string[], moves: Transitions): string {
  const arrows = Object.entries(moves).flatMap(([from, next]) =>
    next.length === 0 ? [`${from} --> [*]`] : next.map((to) => `${from} --> ${to}`),
  );
  const lines = [...first.map((state) => `[*] --> ${state}`), ...arrows].map((line) => `  ${line}`);
  return ['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n');
}

function without(moves: Transitions, name: string): Transitions {
  return Object.fromEntries(Object.entries(moves).filter(([from]) => from !== name));
}
