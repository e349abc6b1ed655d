import type { User } from '@atrium/protocol';
import type { ConnectionStatus } from './live/connection.ts';
import type { QueuedCommand } from './sending/command-queue.ts';
import type { PendingMessage } from './sending/intent.ts';
import type { ById } from './state/by-id.ts';
import type { MessageWindow } from './state/chat/state.ts';
import type { LiveState } from './state/live-state.ts';
import type { VolatileState } from './state/volatile.ts';

/** The whole state. Immutable. */
export interface ClientState extends LiveState, VolatileState {
  readonly connection: ConnectionStatus;
  /** Authors of loaded messages who are no longer members: see `personOf`. */
  readonly people: ById<User>;
  /** My commands that are not answered yet or were refused, in the order in which they were added. */
  readonly commands: readonly QueuedCommand[];
  /** My messages that have not arrived by the stream yet, oldest first. */
  readonly pending: readonly PendingMessage[];
}

/**
 * The profile of a current or former member of my workspaces. Undefined for people whom I may not see, and webhooks.
 */
export function personOf({ me, people, workspaces }: ClientState, userId: string): User | undefined {
  if (userId === me?.id) return me;
  const homes = Object.values(workspaces);
  return homes.find(({ members }) => userId in members)?.members[userId]?.user ?? people[userId];
}

/** The loaded messages of a conversation, and my pending ones. */
export interface Timeline extends MessageWindow {
  readonly pending: readonly PendingMessage[];
}

/** The loaded messages of a conversation with my pending ones, without duplicates. */
export function timeline(state: ClientState, conversationId: string): Timeline {
  const window = state.messages[conversationId] ?? { items: [], moreBefore: true, moreAfter: false };
  const shown = new Set(
    window.items.flatMap(({ clientMessageId, senderId }) => (senderId === state.me?.id ? [clientMessageId] : [])),
  );
  const pending = state.pending.filter(
    (each) => (each.message ?? each).conversationId === conversationId && !shown.has(each.clientMessageId),
  );
  return { ...window, pending };
}
