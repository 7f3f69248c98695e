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
  /** Asks for something that the next proof needs, such as what a passkey has to sign. Rejects with an `ApiError`. */
  ask<T>(what: string): Promise<T>;
  /** Says that something went wrong in this browser. */
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

  useEffect(() => {
    if (isBegun.current) return;
    isBegun.current = true;
    void go(() => call<SignInStep>(`${path}/step`)).then(async () => {
      const secret = takeLink();
      if (secret !== null) await go(() => call<SignInStep>(`${path}/link`, { method: 'POST', body: { secret } }));
    });
  }, [go, path]);

  return {
    step,
    failure,
    isWorking,
    fail,
    show: (proof, body = {}) => go(() => call<SignInStep>(`${path}/${proof}`, { method: 'POST', body })),
    ask: (what) => call(`${path}/${what}`, { method: 'POST', body: {} }),
  };
}
