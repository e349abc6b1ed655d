/** How a delivery reaches a person. `chat` is a message in a conversation. */
export type DeliveryChannel = 'app' | 'mail' | 'push' | 'chat';

/**
 * planned → claimed → sent, failed or unknown; withdrawn if it is no longer wanted. A failed attempt goes back to
 * planned while the delivery is useful. `unknown`: its node crashed while sending it, and it must not be sent twice.
 */
export type DeliveryState = 'planned' | 'claimed' | 'sent' | 'failed' | 'withdrawn' | 'unknown';

export interface DeliveryRow {
  id: string;
  account_id: string;
  kind: string;
  subject: string;
  occurrence: string;
  channel: DeliveryChannel;
  state: DeliveryState;
  due_at: Date;
  next_at: Date;
  useful_until: Date;
  attempts: number;
  claim: string | null;
  claimed_until: Date | null;
  began_at: Date | null;
  reason: string | null;
  settled_at: Date | null;
  created_at: Date;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    delivery: DeliveryRow;
  }
}
