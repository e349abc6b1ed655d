import { useParams, useSearch } from '@tanstack/react-router';
import { type AboutPart, ConversationScreen, ConversationsScreen } from '../features/chat/index.ts';
import { useWorkspaceCan } from '../features/workspaces/index.ts';
import { useCurrentWorkspaceId } from './shell/current-workspace.ts';

/** A conversation with the aside that its URL selects. */
export function ConversationPage() {
  const { conversationId = '', threadId } = useParams({ strict: false }) as {
    conversationId?: string;
    threadId?: string;
  };
  const { at, part } = useSearch({ strict: false }) as { at?: number; part?: AboutPart };
  return <ConversationScreen conversationId={conversationId} at={at} threadId={threadId} about={part} />;
}

/** The list of conversations, on narrow screens. */
export function ConversationsPage() {
  const workspaceId = useCurrentWorkspaceId();
  const can = useWorkspaceCan(workspaceId);
  return <ConversationsScreen workspaceId={workspaceId} can={can} />;
}
