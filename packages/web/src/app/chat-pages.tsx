import { useParams, useSearch } from '@tanstack/react-router';
import {
  type AboutPart,
  ConversationScreen,
  ConversationsScreen,
  InboxScreen,
  SupportScreen,
} from '../features/chat/index.ts';
import { InboxTabs } from '../features/notifications/index.ts';
import { useWorkspaceCan } from '../features/workspaces/index.ts';
import { useCurrentWorkspaceId } from './shell/current-workspace.ts';

export { SavedScreen, ThreadsScreen } from '../features/chat/index.ts';

/** A conversation with what its address puts beside it. */
export function ConversationPage() {
  const { conversationId = '', threadId } = useParams({ strict: false }) as {
    conversationId?: string;
    threadId?: string;
  };
  const { at, part } = useSearch({ strict: false }) as { at?: number; part?: AboutPart };
  return <ConversationScreen conversationId={conversationId} at={at} threadId={threadId} about={part} />;
}

/** What is unread, by conversation. */
export function InboxPage() {
  return <InboxScreen tabs={<InboxTabs current="conversations" />} />;
}

/** The list of conversations, where there is no room for it beside the page. */
export function ConversationsPage() {
  const workspaceId = useCurrentWorkspaceId();
  const can = useWorkspaceCan(workspaceId);
  return <ConversationsScreen workspaceId={workspaceId} mayCreate={can?.createConversations ?? false} />;
}

/** The support cases of a workspace. */
export function SupportPage() {
  const { workspaceId = '' } = useParams({ strict: false }) as { workspaceId?: string };
  return <SupportScreen workspaceId={workspaceId} />;
}
