import { Button } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { refresh } from '../api/queries.ts';
import { Confirm } from './confirm.tsx';
import { useToast } from './toast.tsx';

/** What is to be added, while somebody chooses it. */
interface Choosing<T> {
  readonly value: readonly T[];
  /** Why one of them was refused when they were sent; null before. */
  readonly refusal: unknown;
  change(value: readonly T[]): void;
}

interface Props<T> {
  /** What the button says. */
  readonly label: string;
  readonly title: string;
  readonly confirmLabel: string;
  send(item: T): Promise<unknown>;
  /** What to say once all are there. */
  done(count: number): string;
  readonly children: (choosing: Choosing<T>) => ReactNode;
}

/**
 * The button that adds several things at once, with its form. They are sent one after the other, until one is refused: what
 * is there is then no longer asked for, and the form stays open with those that are left.
 */
export function AddSeveral<T>({ label, title, confirmLabel, send, done, children }: Props<T>) {
  const toast = useToast();
  const client = useQueryClient();
  const [value, change] = useState<readonly T[]>([]);
  const add = async () => {
    try {
      let left = value;
      for (const one of value) {
        await send(one);
        left = left.filter((other) => other !== one);
        change(left);
      }
      toast.done(done(value.length));
    } finally {
      await refresh(client);
    }
  };
  return (
    <Confirm
      trigger={
        <Button icon={<AddRegular />} onClick={() => change([])}>
          {label}
        </Button>
      }
      title={title}
      confirmLabel={confirmLabel}
      isIncomplete={value.length === 0}
      confirm={add}
    >
      {(refusal) => children({ value, refusal, change })}
    </Confirm>
  );
}
