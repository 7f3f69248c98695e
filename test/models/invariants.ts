import type { Instant } from '../../src/kernel/time.ts';
import { type Asked, humanOf, type World } from './world.ts';

/** What must hold in every world, told without the functions that decide. */
export interface Invariant {
  readonly name: string;
  readonly holds: (after: World, before: World) => boolean;
}

const us = (at: Instant | null) => (at === null ? Number.POSITIVE_INFINITY : Number(at.epochNanoseconds / 1000n));
const endOf = (one: { endsAt: Instant | null; endedAt: Instant | null }) => Math.min(us(one.endsAt), us(one.endedAt));
const isOn = (one: { startsAt: Instant; endsAt: Instant | null; endedAt: Instant | null }, now: Instant) =>
  us(one.startsAt) <= us(now) && us(now) < endOf(one);

/** How many stages a request had to pass by the version of the policy that it met. */
const stagesOf = ({ version, is }: Asked) => (version === 0 ? 2 : is === 'add' ? 1 : 0);

function passed(asked: Asked): boolean {
  const votes = asked.approval?.votes ?? [];
  const humans = votes.map(({ voterId }) => humanOf[voterId]);
  return (
    votes.length === stagesOf(asked) &&
    votes.every(({ decision, takenBackAt }) => decision === 'approve' && !takenBackAt) &&
    new Set(humans).size === humans.length &&
    !humans.includes('Rio')
  );
}

/** The state that anybody can see: silence beyond the deadline is a denial. */
const seen = ({ state }: Asked, now: Instant) =>
  state.is === 'pendingApproval' && us(now) >= us(state.until) ? 'denied' : state.is;

export const invariants: readonly Invariant[] = [
  {
    name: 'nobody has access whose request has not passed every stage by distinct humans, none of them the one who asks',
    holds: ({ held, asked }) =>
      held.every(({ by }) => {
        const one = asked[by];
        return one !== undefined && passed(one);
      }),
  },
  {
    name: 'no end moves but by a request that has passed its stages',
    holds: (after, before) =>
      before.held.every(({ assignment }, index) => {
        const now = after.held[index]?.assignment;
        const isLater = now !== undefined && us(now.endsAt) > us(assignment.endsAt);
        return (
          !isLater ||
          after.asked.some(
            (one) => one.is === 'update' && one.assignment === index && one.state.is === 'delivered' && passed(one),
          )
        );
      }),
  },
  {
    name: 'what has ended stays ended',
    holds: (after, before) =>
      before.held.every(({ assignment, eligibility }, index) => {
        const now = after.held[index];
        if (now === undefined) return false;
        const wasOver = us(before.now) >= endOf(assignment);
        return (
          !wasOver || (endOf(now.assignment) === endOf(assignment) && endOf(now.eligibility) === endOf(eligibility))
        );
      }),
  },
  {
    name: 'an eligibility and its assignment have one end',
    holds: ({ held }) => held.every(({ assignment, eligibility }) => endOf(assignment) === endOf(eligibility)),
  },
  {
    name: 'nobody is active without an eligibility, nor after its end',
    holds: ({ held, activations, now }) =>
      activations.every((one) => !isOn(one, now) || held.some(({ eligibility }) => isOn(eligibility, now))),
  },
  {
    name: 'an activation lasts eight hours at most',
    holds: ({ activations }) =>
      activations.every(({ startsAt, endsAt }) => us(endsAt) - us(startsAt) <= 8 * 3_600_000_000),
  },
  {
    name: 'a terminal state never changes',
    holds: (after, before) =>
      before.asked.every((one, index) => {
        const was = seen(one, before.now);
        const is = after.asked[index];
        return was === 'pendingApproval' || (is !== undefined && seen(is, after.now) === was);
      }),
  },
  {
    name: 'a stage has one vote, and nothing is decided after a denial',
    holds: ({ asked }) =>
      asked.every(({ approval }) => {
        const votes = approval?.votes ?? [];
        const denied = votes.findIndex(({ decision }) => decision === 'deny');
        return (
          new Set(votes.map(({ stage }) => stage)).size === votes.length && (denied < 0 || denied === votes.length - 1)
        );
      }),
  },
  {
    name: 'every vote was in time',
    holds: ({ asked }) =>
      asked.every(({ approval, version }) => {
        const days = version === 0 ? 1 : 2;
        let opened = us(approval?.openedAt ?? null);
        return (approval?.votes ?? []).every(({ at }) => {
          const isInTime = us(at) < opened + days * 86_400_000_000;
          opened = us(at);
          return isInTime;
        });
      }),
  },
  {
    name: 'a person has a package once, and waits for it once',
    holds: ({ held, asked, now }) =>
      held.filter(({ assignment }) => isOn(assignment, now)).length <= 1 &&
      asked.filter((one) => seen(one, now) === 'pendingApproval').length <= 1,
  },
  {
    name: 'editing the policy changes nothing that was asked or given',
    holds: (after, before) =>
      after.version === before.version ||
      (JSON.stringify(after.asked) === JSON.stringify(before.asked) &&
        JSON.stringify(after.held) === JSON.stringify(before.held)),
  },
];
