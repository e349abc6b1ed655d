import type { ExternalEventType, StreamName } from '@atrium/protocol';
import { v5 as uuidv5 } from 'uuid';
import type { LiveEvent } from '../../platform/stream/index.ts';
import type { EndpointRow, NewDelivery } from './tables.ts';

/** An event has the same id however often it is sent. After a restore, the same position is a different event. */
function deliveryId(endpointId: string, epoch: string, { meta }: Pick<LiveEvent, 'meta'>): string {
  return uuidv5(`${epoch}:${meta.stream}:${meta.seq}`, endpointId);
}

/** The body that is posted for an event. */
export function deliveryOf(
  { id, workspace_id: workspaceId }: Pick<EndpointRow, 'id' | 'workspace_id'>,
  epoch: string,
  event: LiveEvent,
): NewDelivery {
  const { data, meta, type } = event;
  const body = { type, timestamp: meta.at, data, meta: { ...meta, workspaceId } };
  return {
    id: deliveryId(id, epoch, event),
    stream: meta.stream as StreamName,
    seq: meta.seq,
    type: type as ExternalEventType,
    occurred_at: new Date(meta.at),
    body: JSON.stringify(body),
  };
}
