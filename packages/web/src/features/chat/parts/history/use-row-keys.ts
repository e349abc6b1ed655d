import type { KeyboardEvent } from 'react';
import { messageCan } from '../../../../live/derived.ts';
import { useLive } from '../../../../live/use-live.ts';
import { isTyping } from '../../../../ui/roving.ts';
import { copyLink, deleteMessage, makeUnread, pin, save } from '../../message-commands.ts';
import type { Row } from '../../model/rows.ts';
import type { RowHandlers } from './history-row.tsx';

interface RowKeysOptions {
  rows: readonly Row[];
  focused: string | undefined;
  handlers: RowHandlers;
  focusRow: (index: number) => void;
  toEnd: () => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, k: -1, j: 1 };

/** The keys of the history: to move through the messages, and for actions of the focused one. */
export function useRowKeys({
  rows,
  focused,
  handlers,
  focusRow,
  toEnd,
}: RowKeysOptions): (event: KeyboardEvent) => void {
  const conversations = useLive((state) => state.conversations);
  const myId = useLive(({ me }) => me?.id);
  return (event) => {
    const { altKey, ctrlKey, key, metaKey, target } = event;
    if (altKey || ctrlKey || metaKey || isTyping(target)) return;
    const index = rows.findIndex((row) => row.key === focused);
    const step = STEPS[key];
    if (step !== undefined) {
      event.preventDefault();
      focusRow(Math.min(rows.length - 1, Math.max(0, (index < 0 ? rows.length : index) + step)));
      return;
    }
    if (key === 'End') {
      event.preventDefault();
      toEnd();
      focusRow(rows.length - 1);
      return;
    }
    const row = rows[index];
    // Keys on a button inside the message belong to the button.
    if (row?.kind !== 'message' || !(target instanceof HTMLElement) || target.tagName !== 'ARTICLE') return;
    const { message } = row;
    const conversation = conversations[message.conversationId];
    const can = messageCan(conversation, message, myId);
    const actions: Readonly<Record<string, (() => void) | false>> = {
      Enter: () => handlers.open(row.key, 'menu'),
      r: can.react && (() => handlers.open(row.key, 'emoji')),
      t: handlers.thread !== undefined && (() => handlers.thread?.(message)),
      e: can.edit && (() => handlers.edit(row.key)),
      s: () => void save(message, !conversation?.saved.includes(message.id)),
      p: can.pin && (() => void pin(message, !conversation?.pins.includes(message.id))),
      l: () => void copyLink(message),
      u: message.threadId === undefined && conversation !== undefined && (() => void makeUnread(message)),
      Delete: can.delete && (() => deleteMessage(message)),
    };
    const action = actions[key];
    if (!action || message.deletedAt || message.type === 'system') return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
}
