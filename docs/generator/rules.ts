import type { House } from '../../test/shape/house.ts';
import { document, table } from './page.ts';
import { type Proof, proofsIn } from './proofs.ts';
import { type Kept, pains, rules } from './rule-list.ts';

/** The page that says of each documented rule and each known pain which tests prove it. */
export function rulesPage(house: House): string {
  const proofs = proofsIn(house);
  return document(
    'Rules, and the tests that prove them',
    [
      'What Microsoft documents of entitlement management, Privileged Identity Management and dynamic groups, in our words',
      'and by the numbers that the names of tests carry (`§5.14`), and what users of comparable systems suffer from',
      '(`pain 38`). A test fails when a rule has neither a test nor a reason.',
    ].join(' '),
    ...[...Map.groupBy(rules, ({ section }) => section)].map(
      ([section, kept]) => `## ${section}\n\n${proven(kept, proofs, (number) => `§${number}`)}`,
    ),
    `## Pains\n\n${proven(pains, proofs, (number) => `pain ${number}`)}`,
  );
}

function proven(kept: readonly Kept[], proofs: readonly Proof[], named: (number: string) => string): string {
  return table(
    ['number', 'rule', 'proven by'],
    kept.map((one) => [named(one.number), one.says, cell(one, proofs, named(one.number))]),
  );
}

function cell({ elsewhere }: Kept, proofs: readonly Proof[], tag: string): string {
  const found = proofs.filter(({ tags }) => tags.includes(tag)).map(({ path, title }) => `${path}: *${title}*`);
  return [...found, ...(elsewhere === undefined ? [] : [elsewhere])].join('<br>');
}

/** Rules and pains without a test and without a reason, and tags in tests that name neither. */
export function unproven(house: House): { rules: string[]; tags: string[] } {
  const tagged: ReadonlySet<string> = new Set(proofsIn(house).flatMap(({ tags }) => tags));
  const all = [
    ...rules.map((one) => [`§${one.number}`, one] as const),
    ...pains.map((one) => [`pain ${one.number}`, one] as const),
  ];
  const known: ReadonlySet<string> = new Set(all.map(([tag]) => tag));
  return {
    rules: all.filter(([tag, { elsewhere }]) => !tagged.has(tag) && elsewhere === undefined).map(([tag]) => tag),
    tags: [...tagged].filter((tag) => !known.has(tag)),
  };
}
