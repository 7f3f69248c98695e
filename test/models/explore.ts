import { invariants } from './invariants.ts';
import { type Happening, happeningsIn, type Rules } from './moves.ts';
import { keyOf, start, type World } from './world.ts';

/** What an exploration has seen. */
export interface Exploration {
  readonly states: number;
  readonly transitions: number;
  /** Every code that something was refused with. */
  readonly codes: ReadonlySet<string>;
  /** Every state that a request was in. */
  readonly reached: ReadonlySet<string>;
  /** The shortest way to a world in which an invariant fails, and its name; null if none was found. */
  readonly breach: { readonly name: string; readonly way: readonly string[] } | null;
}

interface Node {
  readonly world: World;
  readonly from: Node | null;
  readonly by: string;
}

/** Explores all interleavings breadth first, so many moves deep; stops at the first breach. */
export function explore(rules: Rules, depth: number): Exploration {
  const seen = new Set([keyOf(start)]);
  const found = { transitions: 0, codes: new Set<string>(), reached: new Set<string>() };
  let frontier: Node[] = [{ world: start, from: null, by: '' }];
  for (let level = 0; level < depth; level += 1) {
    const steps = frontier.flatMap((node) =>
      happeningsIn(node.world, rules).flatMap((happening) => follow(node, happening, found)),
    );
    for (const after of steps) {
      const broken = invariants.find(({ holds }) => !holds(after.world, after.from?.world ?? start));
      if (broken !== undefined)
        return { ...found, states: seen.size, breach: { name: broken.name, way: wayTo(after) } };
    }
    frontier = steps.filter(({ world }) => {
      const key = keyOf(world);
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    });
  }
  return { ...found, states: seen.size, breach: null };
}

/** Notes what became of something that was tried, and where it leads, if anywhere. */
function follow(
  from: Node,
  { name, to, code }: Happening,
  found: { transitions: number; codes: Set<string>; reached: Set<string> },
): Node[] {
  if (code !== null) found.codes.add(code);
  if (to === null) return [];
  found.transitions += 1;
  for (const { is, state } of to.asked) found.reached.add(`${is} ${state.is}`);
  return [{ world: to, from, by: name }];
}

function wayTo(node: Node): string[] {
  return node.from === null ? [] : [...wayTo(node.from), node.by];
}
