import type { AnalyticsPause } from '@atrium/protocol';

/** A task that somebody completed. */
export interface CompletionRow {
  id: string;
  task_id: string;
  account_id: string;
  /** null: it is gone. */
  workspace_id: string | null;
  task_created_at: Date;
  completed_at: Date;
  /** When the task was reopened; null: it counts. */
  undone_at: Date | null;
}

/** What somebody chose for their analytics. */
export interface PreferencesRow {
  account_id: string;
  daily_goal: number | null;
  weekly_goal: number | null;
  days_off: number[];
  pauses: AnalyticsPause[];
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    completion: CompletionRow;
    completion_calendar: { account_id: string; time_zone: string; stamp: string };
    completion_day: { account_id: string; day: string; completed: number };
    task_count: { account_id: string; category: string; open: number; completed: number };
    analytics_preferences: PreferencesRow;
    message_count: { workspace_id: string; at: Date; messages: number };
    message_count_position: { stream: string; seq: number };
    message_sender: { workspace_id: string; day: string; account_id: string; quarters: string };
  }
}
