import type { Label, Task, TaskActivity, TaskComment, TaskPriority, TaskRecurrence } from '@atrium/protocol';
import type { FullTask, LabelRow, TaskActivityRow, TaskCommentRow } from './tables.ts';

const PRIORITIES = ['low', 'medium', 'high'] as const satisfies readonly TaskPriority[];

/** The stored value of a priority: 1 low, 2 medium, 3 high. */
export function priorityRank(priority: TaskPriority): number {
  return PRIORITIES.indexOf(priority) + 1;
}

/** The priority of a stored value. */
export function priorityOf(rank: number): TaskPriority {
  return PRIORITIES[rank - 1] ?? 'medium';
}

/** How a task recurs; null if it does not. */
export function presentRecurrence(row: FullTask): TaskRecurrence | null {
  const { recurrence_rule: rule, recurrence_from: from, recurrence_zone: timeZone } = row;
  if (rule === null || from === null || timeZone === null) return null;
  return { rule, from, timeZone, occurrence: row.occurrence, nextTaskId: row.next_id };
}

/** A task as everyone who sees it may see it. */
export function presentTask(row: FullTask): Task {
  const { source_conversation_id: conversationId, source_message_id: messageId } = row;
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    parentId: row.parent_id,
    title: row.title,
    description: row.description,
    status: row.status,
    priority: priorityOf(row.priority),
    category: row.category,
    link: row.link,
    dueAt: row.due_at?.toISOString() ?? null,
    dueOn: row.due_on,
    visibility: row.visibility,
    recurrence: presentRecurrence(row),
    rank: row.rank,
    labelIds: row.label_ids,
    memberIds: row.member_ids,
    ownerId: row.owner_id,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    completedAt: row.completed_at?.toISOString() ?? null,
    completedBy: row.completed_by,
    deletedAt: row.deleted_at?.toISOString() ?? null,
    version: row.version,
    commentCount: row.comment_count,
    subtasks: { done: row.subtasks_done, total: row.subtasks_total },
    source: conversationId === null || messageId === null ? null : { conversationId, messageId },
  };
}

/** A comment on a task. */
export function presentComment(row: TaskCommentRow): TaskComment {
  return {
    id: row.id,
    taskId: row.task_id,
    authorId: row.author_id,
    content: row.content,
    mentions: row.mentions,
    createdAt: row.created_at.toISOString(),
    editedAt: row.edited_at?.toISOString() ?? null,
  };
}

/** One change in the history of a task. */
export function presentActivity(row: TaskActivityRow): TaskActivity {
  const { id, task_id: taskId, actor_id: actorId, at, field, before, after } = row;
  return { id, taskId, actorId, at: at.toISOString(), field, from: before, to: after };
}

/** A label of a workspace. */
export function presentLabel({ id, workspace_id: workspaceId, name, color }: LabelRow): Label {
  return { id, workspaceId, name, color };
}
