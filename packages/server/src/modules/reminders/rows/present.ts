import type { Reminder } from '@atrium/protocol';
import type { ReminderRow } from './tables.ts';

export function presentReminder(row: ReminderRow): Reminder {
  return {
    id: row.id,
    userId: row.account_id,
    createdBy: row.created_by,
    workspaceId: row.workspace_id,
    taskId: row.task_id,
    messageId: row.message_id,
    conversationId: row.conversation_id,
    message: row.message,
    type: row.type,
    scheduledAt: row.scheduled_at?.toISOString() ?? null,
    localTime: row.local_time?.slice(0, 16) ?? null,
    timeZone: row.zone,
    adjusted: row.adjusted,
    before: row.before,
    recurrence: row.recurrence_rule === null ? null : { rule: row.recurrence_rule, occurrence: row.occurrence },
    snoozedUntil: row.snoozed_until?.toISOString() ?? null,
    sentAt: row.sent_at?.toISOString() ?? null,
    status: row.status,
    reason: row.reason,
    completedAt: row.completed_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    version: row.version,
  };
}
