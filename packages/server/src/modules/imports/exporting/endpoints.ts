import { endpointsOf, namedConversations } from '../../webhook-endpoints/index.ts';
import type { ExportedEndpoint } from '../rows/export-format.ts';
import type { Exported } from './reader.ts';

/** The webhook endpoints of the workspace, without their secrets. */
export async function* endpointValues({ db, workspaceId }: Exported): AsyncGenerator<ExportedEndpoint, void> {
  const endpoints = await endpointsOf(db, workspaceId);
  const ids = endpoints.map(({ id }) => id);
  const named = Map.groupBy(await namedConversations(db, ids), ({ endpoint_id }) => endpoint_id);
  for (const { description, event_types: eventTypes, id, url } of endpoints) {
    const conversationIds = [...new Set(named.get(id)?.map(({ conversation_id }) => conversation_id))];
    yield { type: 'endpoint', id, url, description, eventTypes, conversationIds };
  }
}
