import type { Message } from '@atrium/client';
import type { TaskCard } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { memo, useState } from 'react';
import { useFormats } from '../../../../i18n/formats.ts';
import type { MentionLookup } from '../../../../text/message-text.tsx';
import { classes } from '../../../../ui/classes.ts';
import { usePerson } from '../../hooks.ts';
import type { Row } from '../../model/rows.ts';
import { summaryOf } from '../../model/summary.ts';
import { HistoryDialog, MessageActions } from '../message/late-parts.ts';
import type { OpenPart } from '../message/message-actions.tsx';
import { MessageView } from '../message/message-view.tsx';
import { PendingView } from '../message/pending-view.tsx';
import { Seen } from '../message/seen.tsx';
import styles from './history.module.css';
import { DayLine, NewLine } from './lines.tsx';

/** The actions of a row, by pointer or key. The same object as long as the list is mounted. */
export interface RowHandlers {
  point: (key: string | undefined) => void;
  edit: (key: string | undefined) => void;
  open: (key: string, part: OpenPart) => void;
  thread: ((message: Message) => void) | undefined;
}

export interface HistoryRowProps {
  row: Row;
  index: number;
  workspaceId: string;
  mention: MentionLookup;
  /** The tasks of the message. */
  cards: readonly TaskCard[] | undefined;
  handlers: RowHandlers;
  /** Hovered, focused, or with an open popup: it shows its buttons. */
  active: boolean;
  /** The only tab stop of the list. */
  tabStop: boolean;
  editing: boolean;
  found: boolean;
  showsSeen: boolean;
  openPart: OpenPart;
}

/** A row of the history with what is shown above it. */
export const HistoryRow = memo(function HistoryRow({
  row,
  index,
  workspaceId,
  mention,
  cards,
  handlers,
  ...state
}: HistoryRowProps) {
  const label = useLabel(row, workspaceId);
  const [showsHistory, setShowsHistory] = useState(false);
  const message = row.kind === 'message' ? row.message : undefined;
  const canAct = message && message.type !== 'system' && !message.deletedAt;
  return (
    <article
      data-row={row.key}
      data-active={state.active || undefined}
      aria-label={label}
      aria-posinset={index + 1}
      aria-setsize={-1}
      tabIndex={state.tabStop ? 0 : -1}
      className={classes(styles.row, state.active && styles.active, state.found && styles.found)}
      onPointerEnter={(event) => event.pointerType === 'mouse' && handlers.point(row.key)}
      onPointerLeave={(event) => event.pointerType === 'mouse' && handlers.point(undefined)}
    >
      {row.day && <DayLine at={message?.createdAt ?? (row.kind === 'pending' ? row.pending.createdAt : 0)} />}
      {row.isNew && <NewLine />}
      {row.kind === 'pending' ? (
        <PendingView pending={row.pending} joined={row.joined} mention={mention} />
      ) : (
        <MessageView
          message={row.message}
          workspaceId={workspaceId}
          joined={row.joined}
          mention={mention}
          cards={cards}
          editing={state.editing}
          onEdited={() => handlers.edit(undefined)}
          onThread={handlers.thread}
          seen={state.showsSeen && <Seen message={row.message} />}
          actions={
            state.active &&
            canAct &&
            !state.editing && (
              <MessageActions
                message={row.message}
                open={state.openPart}
                onOpen={(part) => handlers.open(row.key, part)}
                onEdit={() => handlers.edit(row.key)}
                onThread={handlers.thread && (() => handlers.thread?.(row.message))}
                onHistory={() => setShowsHistory(true)}
              />
            )
          }
        />
      )}
      {message && <HistoryDialog message={message} open={showsHistory} onClose={() => setShowsHistory(false)} />}
    </article>
  );
});

/** The row for screen readers: author, time, content. */
function useLabel(row: Row, workspaceId: string): string {
  const { t } = useLingui();
  const { time } = useFormats();
  const message = row.kind === 'message' ? row.message : undefined;
  const person = usePerson(workspaceId, message?.senderId ?? '');
  if (row.kind === 'pending') {
    const text = summaryOf(row.pending);
    return row.pending.status === 'failed' ? t`You, not sent: ${text}` : t`You, on its way: ${text}`;
  }
  const { via, createdAt, deletedAt } = row.message;
  const name = via?.name ?? person?.name ?? t`Somebody who left`;
  const when = time(createdAt);
  if (deletedAt) return t`${name}, ${when}: deleted`;
  const text = summaryOf(row.message);
  return t`${name}, ${when}: ${text}`;
}
