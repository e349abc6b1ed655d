import type { ExternalEventType, WebhookDeliveryState, WebhookEndpoint } from '@atrium/protocol';

/** An endpoint as it is stored. */
export interface EndpointRow {
  id: string;
  workspace_id: string;
  url: string;
  description: string;
  event_types: ExternalEventType[];
  enabled: boolean;
  disabled_because: WebhookEndpoint['disabledBecause'];
  /** Encrypted. */
  secret: Buffer;
  old_secret: Buffer | null;
  old_secret_until: Date | null;
  created_by: string | null;
  created_at: Date;
  last_success_at: Date | null;
  failing_since: Date | null;
  next_at: Date;
  listed_at: Date;
  claim: string | null;
  claimed_until: Date | null;
  revision: number;
}

/** A private conversation whose events an endpoint receives. */
export interface NamedConversationRow {
  endpoint_id: string;
  conversation_id: string;
  named_by: string;
}

/** The position up to which deliveries of a stream were created. */
export interface PositionRow {
  endpoint_id: string;
  stream: string;
  seq: number;
}

/** One event for one endpoint. */
export interface DeliveryRow {
  id: string;
  endpoint_id: string;
  ordinal: number;
  stream: string;
  seq: number;
  type: ExternalEventType;
  occurred_at: Date;
  /** Only while it is waiting. */
  body: string | null;
  state: WebhookDeliveryState;
  attempts: number;
  last_attempt_at: Date | null;
  status: number | null;
  answer: string | null;
  duration_ms: number | null;
  settled_at: Date | null;
}

/** A delivery to be sent. */
export type NewDelivery = Pick<DeliveryRow, 'id' | 'stream' | 'seq' | 'type' | 'occurred_at'> & { body: string };

declare module '../../platform/database/index.ts' {
  interface Tables {
    webhook_endpoint: EndpointRow;
    webhook_endpoint_conversation: NamedConversationRow;
    webhook_endpoint_position: PositionRow;
    webhook_delivery: DeliveryRow;
  }
}
