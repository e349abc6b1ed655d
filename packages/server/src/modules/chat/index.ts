import type { Database } from '../../platform/database/index.ts';
import type { Limiter } from '../../platform/limits/index.ts';
import type { Module } from '../../platform/operations/module.ts';
import type { StreamHub } from '../../platform/stream/index.ts';
import { conversationAccess } from './access.ts';
import { conversationAudience } from './audience.ts';
import { conversationOperations } from './conversation-operations.ts';
import { createDirectFinder } from './direct-finder.ts';
import { chatRenderers } from './events.ts';
import { historyOperation } from './history-operation.ts';
import { memberOperations } from './member-operations.ts';
import { messageOperations } from './message-operations.ts';
import { MessageWriter, type Sent } from './message-writer.ts';
import { createPosting, type Posting } from './posting.ts';
import { reactionOperations } from './reaction-operations.ts';
import { ReceiptWriter } from './receipt-writer.ts';
import { retentionJob, retentionPeriod } from './retention/job.ts';
import { retentionOperation } from './retention/operation.ts';
import { RoomCache } from './room-cache.ts';
import { createMaySend, sendOperations } from './send-operations.ts';
import { createReopening } from './support.ts';
import { supportOperations } from './support-operations.ts';
import { type Broadcaster, typingOperations } from './typing-operations.ts';

export type { ConversationSubject } from './access.ts';
export { chatIdentityHooks } from './identity-hooks.ts';
export type { Posting } from './posting.ts';
export { messageSource } from './search-source.ts';
export { conversationStatesOf } from './state.ts';
export type { Broadcaster } from './typing-operations.ts';
export { chatCommands } from './slash-commands.ts';
export { chatWorkspaceHooks } from './workspace-hooks.ts';

/** The feature, and what it does for others. */
export interface ChatModule extends Module {
  /** Posts for something that is not a person: `senderId` is its own id. Throws what sending throws. */
  post(outgoing: Posting): Promise<Sent>;
}

/** Conversations and what is said in them. */
export function chatModule(deps: {
  connections: Broadcaster;
  clock: { now(): Date };
  database: Database;
  hub: Pick<StreamHub, 'committed'>;
  limiter: Pick<Limiter, 'consume'>;
}): ChatModule {
  const rooms = new RoomCache(deps.database.db);
  const writer = new MessageWriter({ ...deps, rooms, maySend: createMaySend(createReopening(deps)) });
  const receipts = new ReceiptWriter(deps);
  const findDirectConversation = createDirectFinder(deps);
  return {
    name: 'chat',
    post: createPosting({ writer, limiter: deps.limiter }),
    operations: [
      ...conversationOperations,
      ...memberOperations,
      historyOperation,
      ...supportOperations,
      retentionOperation,
      ...messageOperations,
      ...reactionOperations,
      ...typingOperations(deps.connections),
      ...sendOperations({ writer, receipts, limiter: deps.limiter, findDirectConversation }),
    ],
    access: conversationAccess,
    audiences: [conversationAudience],
    renderers: chatRenderers,
    jobs: { 'retention.sweep': retentionJob({ ...deps, receipts }) },
    periodic: [retentionPeriod],
    start: () => async () => {
      await Promise.all([writer.drain(), receipts.drain()]);
    },
  };
}
