import type { Module } from '../../platform/operations/module.ts';
import { conversationAccess } from './access.ts';
import { conversationAudience } from './audience.ts';
import { conversationOperations } from './conversation-operations.ts';
import { chatRenderers } from './events.ts';
import { historyOperation } from './history-operation.ts';
import { memberOperations } from './member-operations.ts';
import { type Broadcaster, typingOperations } from './typing-operations.ts';

export type { ConversationSubject } from './access.ts';
export { conversationStream } from './events.ts';
export { conversationStatesOf } from './state.ts';
export type { Broadcaster } from './typing-operations.ts';
export { chatWorkspaceHooks } from './workspace-hooks.ts';

/** Conversations and what is said in them. */
export function chatModule(deps: { connections: Broadcaster }): Module {
  return {
    name: 'chat',
    operations: [
      ...conversationOperations,
      ...memberOperations,
      historyOperation,
      ...typingOperations(deps.connections),
    ],
    access: conversationAccess,
    audiences: [conversationAudience],
    renderers: chatRenderers,
  };
}
