import './hooks.ts';
import type { Database } from '../../platform/database/index.ts';
import type { Limiter } from '../../platform/limits/index.ts';
import type { Module, Transact } from '../../platform/module/index.ts';
import { groupCommitMetrics, type Publish } from '../../platform/stream/index.ts';
import { usersById } from '../identity/index.ts';
import { avatars } from './attachments/avatars.ts';
import { attachmentOperations } from './attachments/operations.ts';
import { messageFiles } from './attachments/parent.ts';
import { createReopening } from './cases/cases.ts';
import { clearAll, clearConversations } from './cleanup/clearing.ts';
import { conversationOperations } from './conversations/conversation-operations.ts';
import { createDirectFinder } from './conversations/direct-finder.ts';
import { draftOperations } from './drafts/operations.ts';
import { exportOperation } from './export/operations.ts';
import { chatParts } from './export/personal-data.ts';
import { accountListeners } from './identity-hooks.ts';
import { chatTables } from './lifecycle.ts';
import { memberOperations } from './members/operations.ts';
import { ConversationCache } from './messages/conversation-cache.ts';
import { historyOperation } from './messages/history-operations.ts';
import { createLinkedWriter } from './messages/linked-writer.ts';
import { messageOperations } from './messages/message-operations.ts';
import { MessageWriter, type Sent } from './messages/message-writer.ts';
import { createPosting, type Posting } from './messages/posting.ts';
import { createMaySend, sendOperations } from './messages/send-operations.ts';
import { pinOperations } from './pins/operations.ts';
import { reactionOperations } from './reactions/operations.ts';
import { receiptViews } from './receipts/views.ts';
import { ReceiptWriter } from './receipts/writer.ts';
import { sweepAll, sweepRetention } from './retention/job.ts';
import { retentionOperation } from './retention/operations.ts';
import { conversationAccess, conversationHolds } from './rows/access.ts';
import { conversationAudience } from './rows/audience.ts';
import { knownPeopleAccess } from './rows/readable.ts';
import { savedOperations } from './saved/operations.ts';
import { messageSource } from './search/source.ts';
import { chatCommands } from './slash-commands.ts';
import { supportOperations } from './support/operations.ts';
import { threadOperations } from './threads/operations.ts';
import { type Broadcaster, typingOperations } from './typing/operations.ts';
import { chatRenderers } from './view/events.ts';
import { conversationStatesOf } from './view/state.ts';
import { workspaceListeners } from './workspace-hooks.ts';

export { casesByAssignee } from './cases/store.ts';
export { watchConversation } from './conversations/watching.ts';
export { casesFor } from './members/open-case.ts';
export { mentionedIds, type ParsedMentions, parseMentions } from './mentions/parse.ts';
export type { Posting } from './messages/posting.ts';
export { countSent, type SentCount } from './messages/sent-store.ts';
export { type ConversationSubject, mustBeMember, mustBeReader, mustReadMessage } from './rows/access.ts';
export { countMessagesSince, latestMessageTimes } from './rows/activity-store.ts';
export {
  channelByName,
  conversationIdsIn,
  lockConversations,
  privateConversationsWith,
  publicChannelsOf,
} from './rows/conversation-store.ts';
export { memberOfWhich, membersByConversation } from './rows/member-store.ts';
export { messagesById } from './rows/message-store.ts';
export { mayHaveWebhooks } from './rows/policy.ts';
export type { WrittenMessage } from './rows/written-message.ts';
export { joinCase } from './support/join-case.ts';
export type { Broadcaster } from './typing/operations.ts';

/** What chat offers to other modules. */
export interface ChatService {
  /** Posts a message whose sender is not a person: `senderId` is its own id. Throws the errors of sending. */
  post(outgoing: Posting): Promise<Sent>;
  /** The names of those of the people who are members of the conversation, by id: the username, or else the name. */
  memberNames(conversationId: string, ids: readonly string[]): Promise<Map<string, string>>;
}

declare module '../../platform/module/index.ts' {
  interface Services {
    chat: ChatService;
  }
}

const HOUR_MS = 3_600_000;

/** Knows who is connected, on any node. */
interface ConnectionCount {
  count(userId: string): number;
}

/** Conversations and their messages. */
export function chatModule(deps: {
  clock: { now(): Date };
  connections: Broadcaster & ConnectionCount;
  database: Database;
  publish: Publish;
  transact: Transact;
  limiter: Pick<Limiter, 'consume'>;
  isBackfill?: boolean;
}): Module {
  const conversations = new ConversationCache(deps.database.db);
  const maySend = createMaySend(createReopening(deps));
  const count = (conversationId: string) => deps.limiter.consume('conversation', conversationId);
  const writer = new MessageWriter({ ...deps, conversations, maySend, count });
  const isHere = (userId: string) => deps.connections.count(userId) > 0;
  const sendLinked = createLinkedWriter({ ...deps, conversations, maySend, count, isHere });
  const receipts = new ReceiptWriter(deps);
  const findDirectConversation = createDirectFinder(deps);
  const service: ChatService = {
    post: createPosting({ writer, sendLinked }),
    async memberNames(conversationId, ids) {
      const { members } = (await conversations.get(conversationId)) ?? { members: new Set() };
      const users = await usersById(
        deps.database.db,
        ids.filter((id) => members.has(id)),
      );
      return new Map([...users.values()].map(({ id, name, username }) => [id, username ?? name]));
    },
  };
  return {
    name: 'chat',
    operations: [
      ...conversationOperations,
      ...memberOperations,
      historyOperation,
      ...supportOperations,
      retentionOperation,
      exportOperation,
      ...messageOperations(isHere),
      ...attachmentOperations,
      ...reactionOperations,
      ...threadOperations,
      ...pinOperations,
      ...savedOperations,
      ...draftOperations,
      ...typingOperations(deps.connections),
      ...sendOperations({ ...deps, writer, sendLinked, receipts, findDirectConversation }),
    ],
    access: { ...conversationAccess, ...knownPeopleAccess },
    holds: conversationHolds,
    attachmentParents: { message: messageFiles, avatar: avatars },
    audiences: [conversationAudience],
    renderers: chatRenderers,
    readerViews: receiptViews,
    snapshot: { conversations: conversationStatesOf },
    on: { ...accountListeners, ...workspaceListeners },
    tables: chatTables,
    services: { chat: service, messageSource },
    slashCommands: chatCommands,
    personalData: chatParts,
    jobs: [sweepRetention.handledBy(sweepAll({ ...deps, receipts })), clearConversations.handledBy(clearAll(deps))],
    periodic: [
      { job: sweepRetention, everyMs: HOUR_MS },
      { job: clearConversations, everyMs: HOUR_MS },
    ],
    metrics: [...groupCommitMetrics('messages', writer), ...groupCommitMetrics('receipts', receipts)],
    start: () => async () => {
      await Promise.all([writer.drain(), receipts.drain()]);
    },
  };
}
