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
  /** For a reply: the first message of the thread. */
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

/** The decision about one channel. */
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
  /** For a mail without a notification. */
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
