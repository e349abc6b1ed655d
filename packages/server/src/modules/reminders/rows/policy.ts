import type { ReminderRow } from './tables.ts';

type Parties = Pick<ReminderRow, 'account_id' | 'created_by'>;

/** Whether a person sees the reminder: its recipient and its creator do. */
export function isParty({ account_id, created_by }: Parties, userId: string): boolean {
  return userId === account_id || userId === created_by;
}

/** Whether they may complete or snooze it. */
export function isRecipient({ account_id }: Parties, userId: string): boolean {
  return userId === account_id;
}

/** Whether it is posted in a conversation instead of notifying a person. */
export function isPosted({
  conversation_id,
  message_id,
}: Pick<ReminderRow, 'conversation_id' | 'message_id'>): boolean {
  return conversation_id !== null && message_id === null;
}
