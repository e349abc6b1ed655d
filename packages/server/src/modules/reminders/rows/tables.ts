import type { Reminder, ReminderStatus, ReminderType } from '@atrium/protocol';

export interface ReminderRow {
  id: string;
  account_id: string;
  created_by: string;
  workspace_id: string | null;
  task_id: string | null;
  message_id: string | null;
  conversation_id: string | null;
  message: string;
  type: ReminderType;
  scheduled_at: Date | null;
  /** YYYY-MM-DDTHH:MM[:SS…]. */
  local_time: string | null;
  zone: string;
  adjusted: Reminder['adjusted'];
  before: string | null;
  recurrence_rule: string | null;
  recurrence_start: string | null;
  occurrence: number;
  snoozed_until: Date | null;
  sent_at: Date | null;
  status: ReminderStatus;
  reason: Reminder['reason'];
  completed_at: Date | null;
  created_at: Date;
  updated_at: Date;
  version: number;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    reminder: ReminderRow;
    morning_digest: { account_id: string; last_on: string };
  }
}
