import { type ReactNode, type Ref, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useLive } from '../../../../live/use-live.ts';
import type { MentionLookup } from '../../../../text/message-text.tsx';
import type { Cards } from '../../../tasks/index.ts';
import type { Row } from '../../model/rows.ts';
import styles from '../chat.module.css';
import { HistoryRow, type RowHandlers } from '../history/history-row.tsx';
import { useKeptBottom } from '../history/use-kept-bottom.ts';
import { useRowKeys } from '../history/use-row-keys.ts';
import type { OpenPart } from '../message/message-actions.tsx';
import threadStyles from './thread.module.css';

export interface ThreadHistoryHandle {
  toEnd: () => void;
  editLast: () => void;
}

export interface ThreadHistoryProps {
  label: string;
  rows: readonly Row[];
  workspaceId: string;
  mention: MentionLookup;
  /** The tasks of messages. */
  cards: Cards;
  threadId: string;
  /** Shown between the first message and the replies. */
  divider: ReactNode;
  above: ReactNode;
  ref?: Ref<ThreadHistoryHandle>;
}

/** The messages of a thread: few enough to be rendered without virtualization. */
export function ThreadHistory({
  label,
  rows,
  workspaceId,
  mention,
  cards,
  threadId,
  divider,
  above,
  ref,
}: ThreadHistoryProps) {
  const myId = useLive(({ me }) => me?.id);
  const scroller = useRef<HTMLDivElement>(null);
  useKeptBottom(scroller);
  const [pointed, setPointed] = useState<string>();
  const [focused, setFocused] = useState<string>();
  const [editing, setEditing] = useState<string>();
  const [opened, setOpened] = useState<{ key: string; part: OpenPart }>();
  const isAtEnd = useRef(true);
  const toEnd = () => scroller.current?.scrollTo({ top: scroller.current.scrollHeight });

  // New replies scroll into view if the user was at the last one.
  useLayoutEffect(() => {
    if (rows.length > 0 && isAtEnd.current) scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [rows.length]);

  const handlers = useMemo<RowHandlers>(
    () => ({
      point: setPointed,
      edit: setEditing,
      open: (key, part) => setOpened(part && { key, part }),
      thread: undefined,
    }),
    [],
  );
  const focusRow = (index: number) => {
    const key = rows[index]?.key;
    if (key === undefined) return;
    setFocused(key);
    scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`)?.focus();
  };
  const keyDown = useRowKeys({ rows, focused, handlers, focusRow, toEnd });
  const myLast = rows.findLastIndex(
    (row) => row.kind === 'message' && row.message.senderId === myId && !row.message.deletedAt,
  );
  useImperativeHandle(ref, () => ({ toEnd, editLast: () => setEditing(rows[myLast]?.key) }));
  const tabStop = focused ?? rows.at(-1)?.key;

  return (
    <div
      ref={scroller}
      className={styles.threadScroll}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < 48;
      }}
    >
      <div
        role="feed"
        aria-label={label}
        onKeyDown={keyDown}
        onFocus={({ target }) => setFocused(target.closest<HTMLElement>('[data-row]')?.dataset.row)}
      >
        {rows.map((row, index) => (
          <div key={row.key}>
            <HistoryRow
              row={row.kind === 'message' && row.message.id === threadId ? { ...row, day: undefined } : row}
              index={index}
              workspaceId={workspaceId}
              mention={mention}
              cards={row.kind === 'message' ? cards.get(row.message.id) : undefined}
              handlers={handlers}
              active={row.key === (opened?.key ?? pointed ?? focused) || row.key === focused}
              tabStop={row.key === tabStop}
              editing={row.key === editing}
              found={false}
              showsSeen={false}
              openPart={opened?.key === row.key ? opened.part : undefined}
            />
            {row.kind === 'message' && row.message.id === threadId && (
              <div className={threadStyles.divider}>
                {divider}
                {above}
              </div>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}
