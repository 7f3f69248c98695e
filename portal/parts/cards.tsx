import { makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Pages } from '../api/queries.ts';
import { useWords } from '../words/use-words.ts';
import { ErrorNote } from './error-note.tsx';
import { Loading } from './loading.tsx';

const gap = 16;
const estimatedHeight = 240;

const useStyles = makeStyles({
  list: { display: 'grid', gap: `${gap}px`, listStyleType: 'none', margin: 0, paddingInline: 0 },
  item: { display: 'grid', minWidth: 0 },
  foot: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    minHeight: '32px',
    marginTop: tokens.spacingVerticalS,
  },
});

interface Props<T> {
  /** What the cards are of, for those who hear them. */
  readonly label: string;
  readonly pages: Pages<T>;
  keyOf(item: T): string;
  card(item: T): ReactNode;
  /** What is shown when there is nothing. */
  readonly empty: ReactNode;
  /** How narrow a card may become, in pixels, before there are fewer in a line. */
  readonly narrowest?: number;
}

/** Any number of things as cards, as many in a line as fit: pages come from the server as somebody scrolls. */
export function Cards<T>({ label, pages, keyOf, card, empty, narrowest = 300 }: Props<T>) {
  const { query, items } = pages;
  if (query.isPending) return <Loading />;
  if (query.error !== null && items.length === 0) {
    return <ErrorNote error={query.error} retry={() => void query.refetch()} />;
  }
  if (items.length === 0) return <>{empty}</>;
  return <Filled label={label} pages={pages} keyOf={keyOf} card={card} narrowest={narrowest} />;
}

function Filled<T>({ label, pages, keyOf, card, narrowest }: Omit<Required<Props<T>>, 'empty'>) {
  const styles = useStyles();
  const { t } = useWords();
  const list = useRef<HTMLUListElement>(null);
  const { query, items, count } = pages;
  const { perLine, top } = usePlace(list, narrowest);
  const lines = useWindowVirtualizer({
    count: Math.ceil(items.length / perLine),
    estimateSize: () => estimatedHeight,
    overscan: 3,
    gap,
    scrollMargin: top,
  });
  const visible = lines.getVirtualItems();
  const first = visible[0]?.index ?? 0;
  const lastVisible = visible.at(-1)?.index ?? -1;
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isError } = query;
  useEffect(() => {
    const isNearEnd = (lastVisible + 3) * perLine >= items.length;
    if (isNearEnd && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [lastVisible, perLine, items.length, hasNextPage, isFetchingNextPage, fetchNextPage, isError]);
  // What is not in sight is left out, and its room kept.
  const room = {
    gridTemplateColumns: `repeat(${perLine}, minmax(0, 1fr))`,
    paddingTop: (visible[0]?.start ?? top) - top,
    paddingBottom: Math.max(0, lines.getTotalSize() - ((visible.at(-1)?.end ?? top) - top)),
  };
  return (
    <>
      <ul aria-label={label} ref={list} className={styles.list} style={room}>
        {items.slice(first * perLine, (lastVisible + 1) * perLine).map((item, index) => {
          const line = first + Math.floor(index / perLine);
          return (
            <li
              key={keyOf(item)}
              aria-setsize={count ?? -1}
              aria-posinset={first * perLine + index + 1}
              className={styles.item}
              // All of a line are as high as its first.
              {...(index % perLine === 0 ? { ref: lines.measureElement, 'data-index': line } : {})}
            >
              {card(item)}
            </li>
          );
        })}
      </ul>
      <div className={styles.foot} aria-live="polite">
        <Text size={200}>
          {count === null || count === items.length
            ? t('parts.rows', { count: items.length })
            : t('parts.rowsLoaded', { loaded: items.length, count })}
        </Text>
        {isFetchingNextPage ? <Spinner size="extra-tiny" aria-label={t('shell.loading')} /> : null}
      </div>
      {query.error === null ? null : <ErrorNote error={query.error} retry={() => void fetchNextPage()} />}
    </>
  );
}

/** How many fit beside each other, and how far down the page they begin. */
function usePlace(list: RefObject<HTMLElement | null>, narrowest: number) {
  const [place, setPlace] = useState({ perLine: 1, top: 0 });
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const measure = () => {
      const { width, top } = element.getBoundingClientRect();
      const next = {
        perLine: Math.max(1, Math.floor((width + gap) / (narrowest + gap))),
        top: Math.round(top + scrollY),
      };
      setPlace((old) => (old.perLine === next.perLine && old.top === next.top ? old : next));
    };
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    // What stands above it comes and goes, and moves it.
    watcher.observe(document.body);
    measure();
    return () => watcher.disconnect();
  }, [list, narrowest]);
  return place;
}
