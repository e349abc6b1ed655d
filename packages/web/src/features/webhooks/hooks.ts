import type { LiveConversation } from '@atrium/client';
import type { WebhookEndpoint } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useLive } from '../../live/use-live.ts';
import { useReport } from '../../live/use-operation.ts';
import { titleOf } from '../chat/index.ts';

/** A conversation to choose, and what it is called. */
export interface TitledConversation {
  id: string;
  title: string;
}

const sameTitles = (some: readonly TitledConversation[], others: readonly TitledConversation[]) =>
  some.length === others.length &&
  some.every(({ id, title }, at) => id === others[at]?.id && title === others[at]?.title);

function useConversations(
  workspaceId: string,
  belongs: (conversation: LiveConversation) => boolean,
): TitledConversation[] {
  const { t } = useLingui();
  const nobody = t`Only you`;
  return useLive(
    (state) =>
      Object.values(state.conversations)
        .filter((each) => each.workspaceId === workspaceId && each.archivedAt === null && belongs(each))
        .map((each) => ({ id: each.id, title: titleOf(state, each, nobody) }))
        .sort((one, other) => one.title.localeCompare(other.title)),
    sameTitles,
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
