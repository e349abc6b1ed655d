import type { Listeners, TableLifecycles } from '../../platform/module/index.ts';
import { deleteEndpointsOf, unnameAllBy } from './endpoint-store.ts';

const ofWorkspace = 'endpoints and what they are sent belong to the workspace';

/** What becomes of the rows when a workspace, a conversation or an account is gone. */
export const endpointTables: TableLifecycles = {
  webhook_endpoint: { whenGone: { workspace_id: 'deleted', created_by: 'kept' }, exported: { not: ofWorkspace } },
  webhook_endpoint_conversation: {
    whenGone: { conversation_id: 'deleted', named_by: 'deleted' },
    told: { not: 'endpoints are read when they are shown' },
    exported: { not: ofWorkspace },
  },
};

/** What endpoints do when workspaces and accounts change. */
export const endpointListeners: Listeners = {
  'account:erasing': ({ tx }, { userId }) => unnameAllBy(tx, userId),
  'workspace:deleting': ({ tx }, { workspaceId }) => deleteEndpointsOf(tx, workspaceId),
};
