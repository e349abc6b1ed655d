import type { Recurrence, TaskStatus, TaskVisibility } from '@atrium/protocol';

/** A stored task. */
export interface TaskRow {
  id: string;
  workspace_id: string;
  parent_id: string | null;
  title: string;
  description: string;
  status: TaskStatus;
  /** 1 low, 2 medium, 3 high. */
  priority: number;
  category: string | null;
  link: string | null;
  due_at: Date | null;
  /** YYYY-MM-DD. */
  due_on: string | null;
  visibility: TaskVisibility;
  /** Unique within the workspace; compared by code unit. */
  rank: string;
  recurrence_rule: string | null;
  recurrence_from: Recurrence['from'] | null;
  recurrence_zone: string | null;
  /** The local date, or date and time, from which the rule counts. */
  recurrence_start: string | null;
  occurrence: number;
  next_id: string | null;
  source_conversation_id: string | null;
  source_message_id: string | null;
  comment_count: number;
  owner_id: string | null;
  created_by: string;
  created_at: Date;
  updated_at: Date;
  completed_at: Date | null;
  completed_by: string | null;
  deleted_at: Date | null;
  deleted_by: string | null;
  version: number;
}

/** A task with its members, labels and sub-task counts. */
export interface FullTask extends TaskRow {
  member_ids: string[];
  label_ids: string[];
  subtasks_done: number;
  subtasks_total: number;
}

/** A member of a task. */
export interface TaskMemberRow {
  task_id: string;
  account_id: string;
  workspace_id: string;
  joined_at: Date;
}

export interface TaskCommentRow {
  id: string;
  task_id: string;
  author_id: string;
  content: string;
  mentions: string[];
  created_at: Date;
  edited_at: Date | null;
}

export interface TaskActivityRow {
  id: string;
  task_id: string;
  actor_id: string | null;
  at: Date;
  field: string;
  before: unknown;
  after: unknown;
}

export interface LabelRow {
  id: string;
  workspace_id: string;
  name: string;
  color: string;
}

/** Columns of the table that only queries use. */
interface TaskTable extends TaskRow {
  /** An instant in ISO 8601, or `infinity`. */
  due_key: string;
  search_text: string;
  grams: string[];
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    task: TaskTable;
    task_member: TaskMemberRow;
    task_comment: TaskCommentRow;
    task_activity: TaskActivityRow;
    label: LabelRow;
    task_label: { task_id: string; label_id: string };
  }
}
