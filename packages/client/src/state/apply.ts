import {
  applyMemberJoined,
  applyMemberLeft,
  applyMention,
  applyMessage,
  applyReceipts,
  applySharedReceipts,
  applyStanding,
} from './apply-chat.ts';
import { applyKept } from './apply-kept.ts';
import { applyExpiry, applyMessageChange, changeWindow } from './apply-messages.ts';
import { applyPeople, applyProfile, applyRole } from './apply-workspace.ts';
import { type Change, changeConversation, changeWorkspace, dropConversation, dropWorkspace } from './change.ts';
import type { LiveEvent } from './event.ts';
import { type LiveState, toLiveConversation, toLiveWorkspace, without } from './live-state.ts';

/**
 * The state after an event. Pure; returns the very same object when nothing changes. Events must come in the order of
 * their stream; the order between streams does not matter.
 * Types it does not know (from a newer server) change nothing.
 */
export function apply<State extends LiveState>(state: State, event: LiveEvent): State {
  const change = changeOf(state, event);
  return change === undefined ? state : { ...state, ...change };
}

function changeOf(state: LiveState, event: LiveEvent): Change {
  switch (event.type) {
    case 'me:updated':
      return { me: event.data };
    case 'user:updated':
      return applyProfile(state, event.data);
    case 'workspace:joined': {
      const workspace = toLiveWorkspace(event.data.workspace);
      return { workspaces: { ...state.workspaces, [workspace.id]: workspace } };
    }
    case 'workspace:left':
      return dropWorkspace(state, event.data.workspaceId);
    case 'workspace:updated':
      return changeWorkspace(state, event.data.id, () => event.data);
    case 'workspace:people':
      return applyPeople(state, event.data);
    case 'member:joined':
      return changeWorkspace(state, event.data.workspaceId, ({ members }) => ({
        members: { ...members, [event.data.user.id]: event.data },
      }));
    case 'member:updated':
      return applyRole(state, event.data);
    case 'member:left':
      return changeWorkspace(state, event.data.workspaceId, ({ members }) => ({
        members: without(members, event.data.userId),
      }));
    case 'conversation:joined': {
      const conversation = toLiveConversation(event.data.conversation);
      return { conversations: { ...state.conversations, [conversation.id]: conversation } };
    }
    case 'conversation:left':
      return dropConversation(state, event.data.conversationId);
    case 'conversation:updated':
      return changeConversation(state, event.data.id, () => event.data);
    case 'conversation:memberJoined':
      return changeConversation(state, event.data.conversationId, (conversation) =>
        applyMemberJoined(conversation, event.data, state),
      );
    case 'conversation:memberUpdated':
      return changeConversation(state, event.data.conversationId, ({ members }) => ({
        members: { ...members, [event.data.member.userId]: event.data.member },
      }));
    case 'conversation:memberLeft':
      return changeConversation(state, event.data.conversationId, (conversation) =>
        applyMemberLeft(conversation, event.data.userId),
      );
    case 'message:receive':
      return {
        ...changeConversation(state, event.data.conversationId, (conversation) =>
          applyMessage(conversation, event.data, state),
        ),
        ...changeWindow(state, event.data.conversationId, event),
      };
    case 'message:updated':
    case 'message:deleted':
    case 'reaction:added':
    case 'reaction:removed':
    case 'thread:updated':
      return applyMessageChange(state, event);
    case 'pin:added':
    case 'pin:removed':
    case 'saved:added':
    case 'saved:removed':
    case 'draft:updated':
      return applyKept(state, event);
    case 'thread:standing':
      return changeConversation(state, event.data.conversationId, (conversation) =>
        applyStanding(conversation, event.data),
      );
    case 'mention:received':
      return changeConversation(state, event.data.conversationId, (conversation) =>
        applyMention(conversation, event.data, state),
      );
    case 'message:ack':
      return changeConversation(state, event.data.conversationId, (conversation) =>
        applyReceipts(conversation, event.data.receipts, state),
      );
    case 'support:can':
      return changeConversation(state, event.data.conversationId, () => ({ supportCan: event.data.can }));
    case 'messages:expired':
      return applyExpiry(state, event);
    case 'conversation:receipts':
      return changeConversation(state, event.data.conversationId, (conversation) =>
        applySharedReceipts(conversation, event.data.receipts, state),
      );
    default:
      return undefined;
  }
}
