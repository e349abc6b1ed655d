import { useParams, useSearch } from '@tanstack/react-router';
import { type AboutPart, ConversationScreen, ConversationsScreen, SupportScreen } from '../features/chat/index.ts';
import { useLive } from '../live/use-live.ts';

export { InboxScreen, SavedScreen, ThreadsScreen } from '../features/chat/index.ts';

/** A conversation with what its address puts beside it. */
export function ConversationPage() {
  const { conversationId = '', threadId } = useParams({ strict: false }) as {
    conversationId?: string;
    threadId?: string;
  };
  const { at, part } = useSearch({ strict: false }) as { at?: number; part?: AboutPart };
  return <ConversationScreen conversationId={conversationId} at={at} threadId={threadId} about={part} />;
}

/** The list of conversations of the first workspace. */
export function ConversationsPage() {
  const workspaceId = useLive(({ workspaces }) => Object.keys(workspaces)[0]);
  return <ConversationsScreen workspaceId={workspaceId} mayCreate />;
}

/** The support cases of a workspace. */
export function SupportPage() {
  const { workspaceId = '' } = useParams({ strict: false }) as { workspaceId?: string };
  return <SupportScreen workspaceId={workspaceId} />;
}
