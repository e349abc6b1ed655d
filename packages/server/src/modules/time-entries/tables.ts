import type { StopReason, TimeEntry } from '@atrium/protocol';

/** A time entry as it is stored. */
export interface TimeEntryRow {
  id: string;
  task_id: string;
  workspace_id: string;
  account_id: string;
  kind: TimeEntry['kind'];
  started_at: Date;
  /** null: the timer is running. */
  stopped_at: Date | null;
  duration_ms: number | null;
  stop_reason: StopReason | null;
  note: string;
  billable: boolean;
  rate_minor: number | null;
  rate_currency: string | null;
  author_id: string;
  reason: string | null;
  corrects: string | null;
  created_at: Date;
  clock_jump_ms: number | null;
  asked_at: Date | null;
  last_action_at: Date | null;
  version: number;
}

/** The recorded time of a task. */
export interface TaskTimeRow {
  task_id: string;
  workspace_id: string;
  base_ms: number;
  rate_minor: number | null;
  rate_currency: string | null;
  /** The title of the task, once it is deleted. */
  title: string | null;
  category: string | null;
}

declare module '../../platform/database/index.ts' {
  interface Tables {
    task_time: TaskTimeRow;
    time_entry: TimeEntryRow;
    workspace_rate: { workspace_id: string; rate_minor: number; rate_currency: string };
  }
}
