import { useCallback, useEffect, useRef, useState } from 'react';
import type { SignInStep } from '../../src/signin/interaction/contract.ts';
import { call } from '../api/client.ts';
import { takeLink } from './link.ts';

/** A sign-in under way: what it asks for now, and what can be shown to it. */
export interface Interaction {
  /** Null until the server has said. */
  readonly step: SignInStep | null;
  /** Why the last proof was refused; null if it was not. */
  readonly failure: unknown;
  readonly isWorking: boolean;
  /** Shows a proof and goes on to what is asked for then. */
  show(proof: string, body?: object): Promise<void>;
  /** Shows what this browser makes of the proof's options: a passkey, or what one signed. */
  showMade<T>(proof: string, make: (options: T) => Promise<unknown>): Promise<void>;
  /** Asks for something that the next proof needs. Rejects with an `ApiError`. */
  ask<T>(what: string): Promise<T>;
  /** Says why something did not work; null to say it no more. */
  fail(failure: unknown): void;
}

/** The sign-in of an id. A one-time link that was opened in this browser is shown at once. */
export function useInteraction(uid: string): Interaction {
  const [step, setStep] = useState<SignInStep | null>(null);
  const [failure, fail] = useState<unknown>(null);
  const [isWorking, setWorking] = useState(false);
  const isBegun = useRef(false);
  const path = `/interaction/${uid}`;

  const go = useCallback(async (work: () => Promise<SignInStep>) => {
    setWorking(true);
    fail(null);
    try {
      const next = await work();
      setStep(next);
      // Nothing is left to say: on to the application.
      if (next.step === 'done' && next.recoveryCodes === null) location.assign(next.location);
      else setWorking(false);
    } catch (fault) {
      fail(fault);
      setWorking(false);
    }
  }, []);
  const ask = useCallback(
    <T>(what: string, body: object = {}) => call<T>(`${path}/${what}`, { method: 'POST', body }),
    [path],
  );

  useEffect(() => {
    if (isBegun.current) return;
    isBegun.current = true;
    const current = () => call<SignInStep>(`${path}/step`);
    const secret = takeLink();
    void go(async () => {
      if (secret === null) return current();
      try {
        return await ask<SignInStep>('link', { secret });
      } catch (refused) {
        // A link that is no good leaves the person at the beginning, with why.
        setStep(await current());
        throw refused;
      }
    });
  }, [go, ask, path]);

  return {
    step,
    failure,
    isWorking,
    fail,
    ask,
    show: (proof, body) => go(() => ask<SignInStep>(proof, body)),
    showMade: (proof, make) =>
      go(async () => ask<SignInStep>(proof, { response: await make(await ask(`${proof}/options`)) })),
  };
}
