import type { LiveConversation } from '@atrium/client';
import type { WebhookEndpoint } from '@atrium/protocol';
import { useMemo } from 'react';
import { useLive } from '../../live/use-live.ts';
import { useReport } from '../../live/use-operation.ts';

function useConversations(workspaceId: string, belongs: (conversation: LiveConversation) => boolean) {
  const conversations = useLive((state) => state.conversations);
  return useMemo(
    () =>
      Object.values(conversations)
        .filter((each) => each.workspaceId === workspaceId && each.archivedAt === null && belongs(each))
        .sort((one, other) => (one.name ?? '').localeCompare(other.name ?? '')),
    [conversations, workspaceId, belongs],
  );
}

const takesWebhooks = ({ can }: LiveConversation) => can.webhooks;
const canBeNamed = ({ kind, visibility }: LiveConversation) =>
  kind === 'group' || (kind === 'channel' && visibility === 'private');

/** The conversations of a workspace whose webhooks I manage, by name. */
export const useWebhookConversations = (workspaceId: string) => useConversations(workspaceId, takesWebhooks);

/** My private channels and groups in a workspace, by name. */
export const usePrivateConversations = (workspaceId: string) => useConversations(workspaceId, canBeNamed);

/** The endpoints of a workspace. They are asked anew whenever a page opens: no event tells of them. */
export function useEndpoints(workspaceId: string) {
  return useReport('webhookEndpoints.list', { workspaceId });
}

/** One of them; undefined until it is known, null when there is none. */
export function useEndpoint(workspaceId: string, endpointId: string) {
  const { data, error, refetch } = useEndpoints(workspaceId);
  const endpoint: WebhookEndpoint | null | undefined = data && (data.items.find(({ id }) => id === endpointId) ?? null);
  return { endpoint, error, refetch };
}
