import type { Listeners, TableLifecycles } from '../../platform/module/index.ts';
import { deleteEndpointsOf, unnameAllBy } from './endpoint-store.ts';

const ofWorkspace = 'endpoints and what they are sent belong to the workspace';

/** What happens to the rows when a workspace, a conversation or an account is deleted. */
export const endpointTables: TableLifecycles = {
  webhook_endpoint: {
    whenGone: { workspace_id: 'deleted', created_by: 'kept' },
    partOfExport: { as: 'endpoints' },
    exported: { not: ofWorkspace },
  },
  webhook_endpoint_conversation: {
    whenGone: { conversation_id: 'deleted', named_by: 'deleted' },
    partOfExport: { as: 'endpoints' },
    told: { not: 'endpoints are read when they are shown' },
    exported: { not: ofWorkspace },
  },
  webhook_endpoint_position: { whenGone: {}, partOfExport: { not: 'up to where this instance has sent' } },
  webhook_delivery: { whenGone: {}, partOfExport: { not: 'what this instance has sent' } },
};

/** How endpoints react to changes of workspaces and accounts. */
export const endpointListeners: Listeners = {
  'account:erasing': ({ tx }, { userId }) => unnameAllBy(tx, userId),
  'workspace:deleting': ({ tx }, { workspaceId }) => deleteEndpointsOf(tx, workspaceId),
};
