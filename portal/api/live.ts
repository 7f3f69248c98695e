import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { refresh } from './queries.ts';

/** Several events of one transaction reach us one by one: read once for all of them. */
const gatherMs = 150;

/** Keeps open pages true: the server hints that something changed for this person, and what is shown is read again. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => listen(client), [client]);
}

function listen(client: QueryClient): () => void {
  const source = new EventSource('/live');
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const hear = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void refresh(client), gatherMs);
  };
  source.addEventListener('message', hear);
  return () => {
    clearTimeout(waiting);
    source.close();
  };
}
