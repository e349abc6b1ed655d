import { useParams } from '@tanstack/react-router';
import { InboxScreen, SupportScreen } from '../../features/chat/index.ts';
import { InboxTabs } from '../../features/notifications/index.ts';

export { SavedScreen, ThreadsScreen } from '../../features/chat/index.ts';

/** Unread messages, by conversation. */
export function InboxPage() {
  return <InboxScreen tabs={<InboxTabs current="conversations" />} />;
}

/** The support cases of a workspace. */
export function SupportPage() {
  const { workspaceId = '' } = useParams({ strict: false }) as { workspaceId?: string };
  return <SupportScreen workspaceId={workspaceId} />;
}
