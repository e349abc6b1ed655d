import type { OperationName } from '@atrium/client';
import type { DurableType } from '@atrium/protocol';

/**
 * Which asked lists each live event makes old. What lives in the client's state follows by itself and stands here with
 * an empty list. Every event type has a line: a new one does not compile without.
 */
export const invalidations: Readonly<Record<DurableType, readonly OperationName[]>> = {
  'me:updated': ['users.me', 'auth.twoFactor', 'auth.identities'],
  'user:updated': ['users.get', 'members.list', 'bots.list'],
  'session:revoked': ['auth.sessions'],
  'workspace:joined': ['workspaces.list', 'workspaces.get', 'workspaces.joinCode'],
  'workspace:left': ['workspaces.list', 'workspaces.get'],
  'workspace:updated': ['workspaces.get', 'workspaces.list'],
  'workspace:people': ['members.list'],
  'member:joined': ['members.list', 'workspaces.joinCode', 'bots.list'],
  'member:updated': ['members.list'],
  'member:left': ['members.list', 'bots.list'],
  'conversation:joined': ['conversations.list', 'conversations.get'],
  'conversation:left': ['conversations.list', 'conversations.get', 'threads.list', 'saved.list'],
  'conversation:updated': ['conversations.list', 'conversations.get'],
  'conversation:memberJoined': ['conversations.members'],
  'conversation:memberUpdated': ['conversations.members', 'conversations.get'],
  'conversation:memberLeft': ['conversations.members'],
  'message:receive': [],
  'message:updated': ['messages.get', 'messages.history', 'pins.list', 'saved.list', 'threads.list'],
  'message:deleted': ['messages.get', 'pins.list', 'saved.list', 'threads.list', 'threads.replies'],
  'reaction:added': [],
  'reaction:removed': [],
  'thread:updated': ['threads.list', 'threads.replies'],
  'thread:standing': ['threads.list'],
  'mention:received': [],
  'pin:added': ['pins.list'],
  'pin:removed': ['pins.list'],
  'saved:added': ['saved.list'],
  'saved:removed': ['saved.list'],
  'draft:updated': [],
  'message:ack': [],
  'conversation:receipts': [],
  'messages:expired': ['pins.list', 'saved.list', 'threads.list', 'threads.replies'],
  'support:changed': ['support.queue'],
  'support:can': [],
  'stream:skipped': [],
};
