import type { NotificationCause, NotificationType } from '@atrium/protocol';
import type { Work } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import type { DeliveryRow } from '../ledger/tables.ts';
import { insertDecisions } from '../rows/decision-store.ts';

/**
 * Records why a person gets a mail without a notification, for their list of reasons: there they see what happened to
 * it, and can send it again after it failed.
 */
export async function noteMail(
  { now, tx }: Pick<Work, 'tx' | 'now'>,
  { account_id, due_at, id, occurrence }: DeliveryRow,
  { type, cause }: { type: NotificationType; cause: NotificationCause },
): Promise<void> {
  const mail = { channel: 'mail', used: true, reason: 'preference', plannedFor: due_at.toISOString() } as const;
  const about = { notification_id: null, workspace_id: null, conversation_id: null, task_id: null, delivery_id: id };
  await insertDecisions(tx, [
    { id: newId(), account_id, at: now, type, cause, occurrence, ...about, channels: [mail] },
  ]);
}
