import type { WebhookDelivery, WebhookEndpoint } from '@atrium/protocol';
import type { DeliveryRow, EndpointRow } from './tables.ts';

const instantOf = (at: Date | null) => at?.toISOString() ?? null;

/** The lag of an endpoint. */
export interface Lag {
  events: number;
  oldestAt: Date | null;
}

/** @param conversationIds the private conversations that the caller may see */
export function presentEndpoint(
  row: EndpointRow,
  { lag, conversationIds, now }: { lag: Lag; conversationIds: readonly string[]; now: Date },
): WebhookEndpoint {
  const { old_secret_until: until } = row;
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    url: row.url,
    description: row.description,
    eventTypes: row.event_types,
    conversationIds: [...conversationIds],
    enabled: row.enabled,
    disabledBecause: row.disabled_because,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    oldSecretUntil: until !== null && until > now ? until.toISOString() : null,
    lastSuccessAt: instantOf(row.last_success_at),
    failingSince: instantOf(row.failing_since),
    nextAttemptAt: row.enabled && row.failing_since !== null ? row.next_at.toISOString() : null,
    lag: { events: lag.events, oldestAt: instantOf(lag.oldestAt) },
  };
}

export function presentDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.id,
    type: row.type,
    occurredAt: row.occurred_at.toISOString(),
    state: row.state,
    attempts: row.attempts,
    lastAttemptAt: instantOf(row.last_attempt_at),
    status: row.status,
    answer: row.answer,
    durationMs: row.duration_ms,
  };
}
