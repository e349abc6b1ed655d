import type { Transact } from '../../platform/module/index.ts';
import { recordAudit } from '../identity/index.ts';
import { lockEndpoint, updateEndpoint } from './endpoint-store.ts';
import type { EndpointRow } from './tables.ts';

export interface DisableDeps {
  transact: Transact;
}

/** The audit log's context for actions of the server itself. */
const itself = { id: 'webhooks', ip: '', userAgent: 'Atrium' };

/** Disables an endpoint that this node has claimed, and notifies its admins. */
export async function disable(
  { transact }: DisableDeps,
  endpoint: EndpointRow,
  because: 'gone' | 'failing',
): Promise<void> {
  const { id: endpointId, workspace_id: workspaceId } = endpoint;
  await transact({ actorId: null }, async (work) => {
    const { now, tx } = work;
    const found = await lockEndpoint(tx, { workspaceId, endpointId });
    // Somebody has changed it in the meantime, and may have fixed it.
    if (found === undefined || found.claim !== endpoint.claim || found.revision !== endpoint.revision) return;
    await updateEndpoint(tx, endpointId, { enabled: false, disabled_because: because });
    const about = { kind: 'webhook_endpoint_disabled', actorId: null, targetId: endpointId } as const;
    await recordAudit(tx, { request: itself, now }, about);
    await work.tell('webhookEndpoint:disabled', { workspaceId, endpointId, url: endpoint.url, because });
  });
}
