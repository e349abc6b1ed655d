import type { ConversationNotifications, Notification, NotificationDecision } from '@atrium/protocol';
import type { DeliveryMail } from '../../../platform/mail/index.ts';
import type { FullDecision } from './decision-store.ts';
import type { ConversationLevelRow, NotificationRow } from './tables.ts';

const SHOWN_ACTORS = 5;

export function presentNotification(row: NotificationRow): Notification {
  return {
    id: row.id,
    type: row.type,
    cause: row.cause,
    title: row.title,
    body: row.body,
    link: row.link,
    workspaceId: row.workspace_id,
    conversationId: row.conversation_id,
    messageId: row.message_id,
    taskId: row.task_id,
    actorIds: row.actor_ids.slice(0, SHOWN_ACTORS),
    actorCount: row.actor_ids.length,
    count: row.count,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
  };
}

export function presentLevel({ conversation_id, level, until }: ConversationLevelRow): ConversationNotifications {
  return { conversationId: conversation_id, level, until: until?.toISOString() ?? null };
}

/** The outcome of a delivery. A mail counts as sent once the mail server has accepted it. */
function presentOutcome({ state, reason }: FullDecision['deliveries'][number], mail: DeliveryMail | undefined) {
  if (state !== 'sent' || mail === undefined || mail.state === 'sent') {
    return { state, detail: reason, failedMailId: null };
  }
  if (mail.state === 'queued') return { state: 'claimed' as const, detail: mail.error, failedMailId: null };
  return { state: 'failed' as const, detail: mail.error, failedMailId: mail.keeps_text ? mail.id : null };
}

/** @param mails the mails of deliveries, by the delivery's id */
export function presentDecision(
  { deliveries, channels, ...row }: FullDecision,
  mails: ReadonlyMap<string, DeliveryMail>,
): NotificationDecision {
  return {
    id: row.id,
    at: row.at.toISOString(),
    type: row.type,
    cause: row.cause,
    notificationId: row.notification_id,
    title: row.title,
    workspaceId: row.workspace_id,
    conversationId: row.conversation_id,
    taskId: row.task_id,
    channels: channels.map(({ channel, used, reason, plannedFor }) => {
      const delivery = deliveries.find((each) => each.channel === channel);
      const outcome = delivery && presentOutcome(delivery, mails.get(delivery.id));
      return { channel, used, reason, plannedFor, ...(outcome ?? { state: null, detail: null, failedMailId: null }) };
    }),
  };
}
