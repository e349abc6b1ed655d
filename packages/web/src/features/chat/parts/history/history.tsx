import type { Message } from '@atrium/client';
import { Plural, useLingui } from '@lingui/react/macro';
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useLive } from '../../../../live/use-live.ts';
import type { MentionLookup } from '../../../../text/message-text.tsx';
import { Button } from '../../../../ui/button/button.tsx';
import { DownIcon } from '../../../../ui/icons.ts';
import type { Cards } from '../../../tasks/index.ts';
import type { Row } from '../../model/rows.ts';
import type { OpenPart } from '../message/message-actions.tsx';
import styles from './history.module.css';
import { HistoryRow, type RowHandlers } from './history-row.tsx';
import { useKeptBottom } from './use-kept-bottom.ts';
import { useRowKeys } from './use-row-keys.ts';

/** Room above the first row, always the same: for what is loaded next, or for how the conversation begins. */
const HEAD_REM = 11;
/** Read once for each size of the window, as zooming changes it, too: to read it makes the browser work out all styles. */
let remPixels: number | undefined;
window.addEventListener('resize', () => {
  remPixels = undefined;
});
function headHeight(): number {
  remPixels ??= Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return HEAD_REM * remPixels;
}
const ESTIMATE = { joined: 24, whole: 54 };
const estimateOf = (row: Row | undefined): number => (row?.joined ? ESTIMATE.joined : ESTIMATE.whole);
/** The size of the last list, which that of the next one will be; before the first one, about that of the window. */
let lastRect = { width: window.innerWidth, height: window.innerHeight };
/** Distance from an end, in rows, at which more is loaded. */
const NEAR = 12;
const AT_END = 48;
/** Maximum time for scrolling to the start position. */
const SETTLE_MS = 250;

export interface HistoryHandle {
  focus: () => void;
  toEnd: () => void;
  editLast: () => void;
}

export interface HistoryProps {
  label: string;
  rows: readonly Row[];
  workspaceId: string;
  mention: MentionLookup;
  /** The tasks of messages. */
  cards: Cards;
  moreBefore: boolean;
  moreAfter: boolean;
  onMore: (way: 'before' | 'after') => void;
  /** Loads the newest messages, replacing the loaded part. */
  onNewest: () => void;
  /** The start position, highlighted for a while. */
  at: number | undefined;
  /** Shown above the first message of all. */
  beginning: ReactNode;
  onThread: ((message: Message) => void) | undefined;
  /** The last visible message. */
  onSeen: (seq: number, isAtEnd: boolean) => void;
  ref?: Ref<HistoryHandle>;
}

/** A history of any length: only visible rows are rendered, and nothing moves while the user reads. */
export function History({
  label,
  rows,
  workspaceId,
  mention,
  cards,
  moreBefore,
  moreAfter,
  onMore,
  onNewest,
  at,
  beginning,
  onThread,
  onSeen,
  ref,
}: HistoryProps) {
  const { t } = useLingui();
  const myId = useLive(({ me }) => me?.id);
  const scroller = useRef<HTMLDivElement>(null);
  useKeptBottom(scroller);
  const [pointed, setPointed] = useState<string>();
  const [focused, setFocused] = useState<string>();
  const [editing, setEditing] = useState<string>();
  const [opened, setOpened] = useState<{ key: string; part: OpenPart }>();
  const [isAtEnd, setIsAtEnd] = useState(true);
  const [leftAt, setLeftAt] = useState<string>();

  const keptIndexes = [focused, editing, opened?.key].flatMap((key) => {
    const index = key === undefined ? -1 : rows.findIndex((row) => row.key === key);
    return index < 0 ? [] : [index];
  });
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    // The first rendering already has the rows where it opens, and not those at the beginning first.
    initialRect: lastRect,
    initialOffset: () => estimatedOffset(rows, startIndex(rows, at), at === undefined ? 'start' : 'center'),
    estimateSize: (index) => estimateOf(rows[index]),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    paddingStart: headHeight(),
    anchorTo: 'end',
    followOnAppend: !moreAfter,
    scrollEndThreshold: AT_END,
    // The focused row stays rendered, wherever the user scrolls.
    rangeExtractor: (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), ...keptIndexes])].sort((one, other) => one - other),
    onChange: (instance) => {
      if (instance.scrollRect) lastRect = instance.scrollRect;
      setIsAtEnd(instance.isAtEnd(AT_END));
    },
  });
  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = (item, _, { scrollOffset }) =>
    item.end <= (scrollOffset ?? 0);

  const items = virtualizer.getVirtualItems();
  const first = virtualizer.range?.startIndex ?? 0;
  const last = virtualizer.range?.endIndex ?? -1;

  // The start position: the requested one, the first new message, or else the end.
  const place = useRef<number | 'start'>(undefined);
  const [isPlaced, setIsPlaced] = useState(false);
  useLayoutEffect(() => {
    const wanted = at ?? 'start';
    if (rows.length === 0 || place.current === wanted || (at === undefined && place.current !== undefined)) return;
    const index = startIndex(rows, at);
    if (at !== undefined && index < 0) return;
    place.current = wanted;
    setIsPlaced(false);
    const go = () => {
      if (index < 0) virtualizer.scrollToEnd();
      else virtualizer.scrollToIndex(index, { align: at === undefined ? 'start' : 'center' });
    };
    go();
    // Attached to its element in this frame, the list starts at its beginning: the position is set again.
    requestAnimationFrame(go);
  }, [rows, at, virtualizer]);
  useEffect(() => {
    if (isPlaced || rows.length === 0) return;
    // A row is found by its index, which changes with what is loaded before it: loading waits until the position is
    // reached.
    const timer = setTimeout(() => setIsPlaced(true), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [isPlaced, rows.length]);

  useLayoutEffect(() => {
    if (!isPlaced || rows.length === 0 || last < 0) return;
    if (moreBefore && first < NEAR) onMore('before');
    if (moreAfter && last > rows.length - NEAR) onMore('after');
  }, [isPlaced, first, last, rows.length, moreBefore, moreAfter, onMore]);

  const lastSeen = rows.slice(0, last + 1).findLast((row) => row.kind === 'message');
  const seenSeq = lastSeen?.kind === 'message' ? lastSeen.message.seq : undefined;
  useLayoutEffect(() => {
    if (seenSeq !== undefined) onSeen(seenSeq, isAtEnd && !moreAfter);
  }, [seenSeq, isAtEnd, moreAfter, onSeen]);

  const end = rows.at(-1)?.key;
  if (isAtEnd && leftAt !== end) setLeftAt(end);
  const below = isAtEnd ? 0 : rows.length - 1 - rows.findIndex(({ key }) => key === leftAt);
  const wantsEnd = useRef(false);
  const toEnd = () => {
    wantsEnd.current = moreAfter;
    if (moreAfter) onNewest();
    else virtualizer.scrollToEnd();
  };
  useLayoutEffect(() => {
    if (!wantsEnd.current || moreAfter || rows.length === 0) return;
    wantsEnd.current = false;
    virtualizer.scrollToEnd();
  }, [moreAfter, rows, virtualizer]);

  const handlers = useMemo<RowHandlers>(
    () => ({
      point: setPointed,
      edit: setEditing,
      open: (key, part) => setOpened(part && { key, part }),
      thread: onThread,
    }),
    [onThread],
  );
  const focusRow = (index: number) => {
    const key = rows[index]?.key;
    if (key === undefined) return;
    setFocused(key);
    virtualizer.scrollToIndex(index, { align: 'auto' });
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`)?.focus({ preventScroll: true }),
    );
  };
  const keyDown = useRowKeys({ rows, focused, handlers, focusRow, toEnd });
  const myLast = rows.findLastIndex(
    (row) => row.kind === 'message' && row.message.senderId === myId && !row.message.deletedAt,
  );
  useImperativeHandle(ref, () => ({
    focus: () => focusRow(rows.length - 1),
    toEnd,
    editLast: () => {
      // My last message is still pending: an older one is not meant.
      if (rows.at(-1)?.kind === 'pending') return;
      const key = rows[myLast]?.key;
      if (key === undefined) return;
      virtualizer.scrollToIndex(myLast, { align: 'auto' });
      setEditing(key);
    },
  }));
  const tabStop = rows.some(({ key }) => key === focused) ? focused : end;

  return (
    <div className={styles.frame}>
      <div ref={scroller} className={styles.scroller}>
        <div
          role="feed"
          onKeyDown={keyDown}
          onFocus={({ target }) => setFocused(target.closest<HTMLElement>('[data-row]')?.dataset.row)}
          onBlur={({ currentTarget, relatedTarget }) => {
            if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) setFocused(undefined);
          }}
          aria-label={label}
          aria-busy={moreBefore && first < NEAR}
          className={styles.sizer}
          style={sized('--total', virtualizer.getTotalSize())}
        >
          <div className={styles.head}>{!moreBefore && beginning}</div>
          {items.map(({ index, key, start }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <div
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                className={styles.item}
                style={sized('--start', start)}
              >
                <HistoryRow
                  row={row}
                  index={index}
                  workspaceId={workspaceId}
                  mention={mention}
                  cards={row.kind === 'message' ? cards.get(row.message.id) : undefined}
                  handlers={handlers}
                  active={row.key === (opened?.key ?? pointed ?? focused) || row.key === focused}
                  tabStop={row.key === tabStop}
                  editing={row.key === editing}
                  found={at !== undefined && row.kind === 'message' && row.message.seq === at}
                  showsSeen={index === myLast}
                  openPart={opened?.key === row.key ? opened.part : undefined}
                />
              </div>
            );
          })}
        </div>
      </div>
      {!isAtEnd && (
        <Button
          size={28}
          icon={DownIcon}
          className={styles.jump}
          onClick={toEnd}
          aria-label={below > 0 ? t`To the newest, ${below} new` : t`To the newest`}
        >
          {below > 0 ? <Plural value={below} one="# new" other="# new" /> : t`Newest`}
        </Button>
      )}
    </div>
  );
}

/** The row where it opens: the requested one, or the first new one; -1: at the end. */
const startIndex = (rows: readonly Row[], at: number | undefined): number =>
  rows.findIndex((row) => (at === undefined ? row.isNew : row.kind === 'message' && row.message.seq === at));

/** The scroll position at which a row stands, before anything is measured. @param index -1: the end */
function estimatedOffset(rows: readonly Row[], index: number, align: 'start' | 'center'): number {
  const heightOf = (some: readonly Row[]) => some.reduce((sum, row) => sum + estimateOf(row), headHeight());
  const end = heightOf(rows) - lastRect.height;
  if (index < 0) return Math.max(0, end);
  const start = heightOf(rows.slice(0, index));
  const wanted = align === 'start' ? start : start - (lastRect.height - estimateOf(rows[index])) / 2;
  return Math.max(0, Math.min(wanted, end));
}

/** A custom property with a number of pixels, which cannot be in a style sheet. */
const sized = (name: string, pixels: number) => ({ [name]: `${pixels}px` }) as CSSProperties;
