import { makeStyles, mergeClasses, Spinner, Text, tokens } from '@fluentui/react-components';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Pages } from '../api/queries.ts';
import { useMedia } from '../shell/theme.tsx';
import { useWords } from '../words/use-words.ts';
import { ErrorNote } from './error-note.tsx';
import { Loading } from './loading.tsx';

const isWideQuery = matchMedia('(min-width: 720px)');
const estimatedHeight = { wide: 45, narrow: 120 };

const useStyles = makeStyles({
  scroll: {
    overflow: 'auto',
    maxHeight: 'min(70vh, 900px)',
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    minWidth: 'fit-content',
  },
  line: {
    display: 'grid',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    paddingInline: tokens.spacingHorizontalM,
    paddingBlock: tokens.spacingVerticalS,
    boxSizing: 'border-box',
    minWidth: '100%',
  },
  headCell: { color: tokens.colorNeutralForeground2 },
  body: { position: 'relative' },
  row: {
    position: 'absolute',
    insetInline: 0,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  narrow: { gridTemplateColumns: '1fr', gap: tokens.spacingVerticalXXS },
  cell: { minWidth: 0, overflowWrap: 'anywhere' },
  label: { color: tokens.colorNeutralForeground2, marginInlineEnd: tokens.spacingHorizontalXS },
  foot: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, minHeight: '32px' },
});

/** One column of a list. */
export interface Column<T> {
  readonly id: string;
  readonly title: string;
  /** A track of a CSS grid, such as `2fr` or `minmax(120px, 1fr)`; `1fr` if missing. */
  readonly width?: string;
  /** Shown without its title where the window is narrow: the name of the thing, its buttons. */
  readonly isPlain?: boolean;
  cell(item: T): ReactNode;
}

interface Props<T> {
  /** What the list is of, for those who hear it. */
  readonly label: string;
  readonly pages: Pages<T>;
  readonly columns: readonly Column<T>[];
  keyOf(item: T): string;
  /** What is shown when there is nothing. */
  readonly empty: ReactNode;
}

/**
 * A list of any length: pages come from the server as somebody scrolls, and only what is in sight is in the page. As
 * a table where there is room, as cards where there is none.
 */
export function Rows<T>({ label, pages, columns, keyOf, empty }: Props<T>) {
  const styles = useStyles();
  const { t } = useWords();
  const isWide = useMedia(isWideQuery);
  const scroll = useRef<HTMLDivElement>(null);
  const { query, items, count } = pages;
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => (isWide ? estimatedHeight.wide : estimatedHeight.narrow),
    getItemKey: (index) => keyOf(items[index] as T),
    overscan: 8,
  });
  const visible = rows.getVirtualItems();
  const lastVisible = visible.at(-1)?.index ?? -1;
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isError } = query;
  useEffect(() => {
    if (lastVisible >= items.length - 10 && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage();
  }, [lastVisible, items.length, hasNextPage, isFetchingNextPage, fetchNextPage, isError]);

  if (query.isPending) return <Loading />;
  if (query.error !== null && items.length === 0) {
    return <ErrorNote error={query.error} retry={() => void query.refetch()} />;
  }
  if (items.length === 0) return <>{empty}</>;
  const template = { gridTemplateColumns: columns.map(({ width = 'minmax(0, 1fr)' }) => width).join(' ') };
  const line = mergeClasses(styles.line, isWide ? undefined : styles.narrow);
  return (
    <>
      <div
        className={styles.scroll}
        ref={scroll}
        tabIndex={0}
        role="table"
        aria-label={label}
        aria-rowcount={count ?? -1}
      >
        {isWide ? (
          <div role="rowgroup" className={styles.head}>
            <div role="row" className={line} style={template}>
              {columns.map(({ id, title }) => (
                <Text key={id} role="columnheader" size={200} weight="semibold" className={styles.headCell}>
                  {title}
                </Text>
              ))}
            </div>
          </div>
        ) : null}
        <div role="rowgroup" className={styles.body} style={{ height: rows.getTotalSize() }}>
          {visible.map((row) => {
            const item = items[row.index] as T;
            return (
              <div
                key={row.key}
                role="row"
                aria-rowindex={row.index + 1}
                data-index={row.index}
                ref={rows.measureElement}
                className={mergeClasses(line, styles.row)}
                style={{ ...(isWide ? template : {}), transform: `translateY(${row.start}px)` }}
              >
                {columns.map(({ id, title, isPlain, cell }) => (
                  <div key={id} role="cell" className={styles.cell}>
                    {isWide || isPlain ? null : (
                      <Text size={200} className={styles.label}>
                        {title}:
                      </Text>
                    )}
                    {cell(item)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
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
