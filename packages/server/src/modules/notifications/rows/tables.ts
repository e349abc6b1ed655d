import type {
  DecisionReason,
  NotificationCause,
  NotificationChannel,
  NotificationType,
  PreferenceChanges,
} from '@atrium/protocol';

export interface NotificationRow {
  id: string;
  account_id: string;
  type: NotificationType;
  cause: NotificationCause;
  title: string;
  body: string;
  link: string | null;
  workspace_id: string | null;
  conversation_id: string | null;
  message_id: string | null;
  message_seq: number | null;
  /** Of a reply: the message that the thread began with. */
  thread_id: string | null;
  task_id: string | null;
  actor_ids: string[];
  count: number;
  group_key: string | null;
  shown: boolean;
  created_at: Date;
  updated_at: Date;
  read_at: Date | null;
}

/** What was decided about one channel. */
export interface ChannelDecision {
  channel: NotificationChannel;
  used: boolean;
  reason: DecisionReason;
  /** ISO 8601. */
  plannedFor: string | null;
}

export interface DecisionRow {
  id: string;
  account_id: string;
  at: Date;
  type: NotificationType;
  cause: NotificationCause;
  notification_id: string | null;
  occurrence: string;
  workspace_id: string | null;
  conversation_id: string | null;
  task_id: string | null;
  /** Of a mail that no notification is about. */
  delivery_id: string | null;
  channels: readonly ChannelDecision[];
}

export interface ConversationLevelRow {
  account_id: string;
  conversation_id: string;
  level: 'all' | 'mentions' | 'nothing';
  until: Date | null;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    notification: NotificationRow;
    notification_decision: DecisionRow;
    notification_settings: { account_id: string; changes: PreferenceChanges; unsubscribe_key: Buffer | null };
    conversation_notifications: ConversationLevelRow;
  }
}
