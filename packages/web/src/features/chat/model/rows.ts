import type { Message, PendingMessage } from '@atrium/client';

/** Messages of one person within this time are shown under one name. */
const JOINED_MS = 5 * 60_000;

/** A row of a history: a message, or a pending one of mine. */
export type Row = { key: string; day: string | undefined; isNew: boolean; joined: boolean } & (
  | { kind: 'message'; message: Message }
  | { kind: 'pending'; pending: PendingMessage }
);

export interface RowsInput {
  messages: readonly Message[];
  pending: readonly PendingMessage[];
  myId: string | undefined;
  /** My read position when the conversation was opened: the next message of another person is the first new one. */
  readSeq: number | undefined;
  /** The calendar day of an instant in the user's zone, as `2026-11-26`. */
  dayOf: (instant: string | number) => string;
  /** Whether replies are left out, as in the conversation itself. */
  withoutReplies: boolean;
}

/**
 * The rows of a history, oldest first, each with what is shown above it: the day of its first message, the line above
 * the first new message, and whether it is joined to the previous one.
 */
export function rowsOf({ messages, pending, myId, readSeq, dayOf, withoutReplies }: RowsInput): Row[] {
  const rows: Row[] = [];
  let before: { senderId: string; via: string | undefined; at: number; day: string } | undefined;
  let newLineDrawn = false;
  const add = (row: Place) => {
    const { senderId, via, at, isNew, breaks } = row;
    const day = dayOf(at);
    const isFirstOfDay = before?.day !== day;
    const joined =
      !isFirstOfDay &&
      !isNew &&
      !breaks &&
      before !== undefined &&
      before.senderId === senderId &&
      before.via === via &&
      at - before.at < JOINED_MS;
    rows.push({ ...row.row, day: isFirstOfDay ? day : undefined, isNew, joined });
    before = breaks
      ? { senderId: '', via: undefined, at, day }
      : { senderId, via, at: joined ? (before?.at ?? at) : at, day };
  };
  for (const message of messages) {
    if (withoutReplies && message.threadId !== undefined) continue;
    const isNew: boolean =
      !newLineDrawn &&
      readSeq !== undefined &&
      message.seq > readSeq &&
      message.senderId !== myId &&
      !message.deletedAt;
    newLineDrawn ||= isNew;
    add({
      row: { kind: 'message', key: `${message.senderId}:${message.clientMessageId}`, message },
      senderId: message.senderId,
      via: message.via?.name,
      at: Date.parse(message.createdAt),
      isNew,
      breaks: message.type === 'system' || message.deletedAt !== undefined,
    });
  }
  for (const each of pending) {
    add({
      row: { kind: 'pending', key: `${myId}:${each.clientMessageId}`, pending: each },
      senderId: myId ?? '',
      via: undefined,
      at: each.createdAt,
      isNew: false,
      breaks: false,
    });
  }
  return rows;
}

interface Place {
  row: { key: string } & ({ kind: 'message'; message: Message } | { kind: 'pending'; pending: PendingMessage });
  senderId: string;
  via: string | undefined;
  at: number;
  isNew: boolean;
  /** It is shown separately: nothing is joined to it. */
  breaks: boolean;
}
