import type { User } from '@atrium/protocol';
import type { ConnectionStatus } from './live/connection.ts';
import type { QueuedCommand } from './sending/command-queue.ts';
import type { PendingMessage } from './sending/intent.ts';
import type { ById } from './state/by-id.ts';
import type { MessageWindow } from './state/chat/state.ts';
import type { LiveState } from './state/live-state.ts';
import type { VolatileState } from './state/volatile.ts';

/** Everything to be shown. Never changed in place. */
export interface ClientState extends LiveState, VolatileState {
  readonly connection: ConnectionStatus;
  /** People who are no longer among the members but have written what is shown: see `personOf`. */
  readonly people: ById<User>;
  /** My commands that the server has not answered yet, or has refused, in the order in which they were added. */
  readonly commands: readonly QueuedCommand[];
  /** My messages that are not in the stream yet, oldest first. */
  readonly pending: readonly PendingMessage[];
}

/**
 * The profile of a person: of a member of any workspace of mine, or of somebody who was one. Undefined for people whom I
 * may not see, and for webhooks.
 */
export function personOf({ me, people, workspaces }: ClientState, userId: string): User | undefined {
  if (userId === me?.id) return me;
  const homes = Object.values(workspaces);
  return homes.find(({ members }) => userId in members)?.members[userId]?.user ?? people[userId];
}

/** A conversation as it is read: what everybody has, then what is still on its way from here. */
export interface Timeline extends MessageWindow {
  readonly pending: readonly PendingMessage[];
}

/** The loaded part of a conversation with my pending messages, none shown twice. */
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
