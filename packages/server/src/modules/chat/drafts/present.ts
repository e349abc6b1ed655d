import type { Draft } from '@atrium/protocol';
import type { DraftRow } from '../rows/tables.ts';

/** A draft as its author sees it. */
export function presentDraft({ thread_id, content, updated_at, client_message_id }: DraftRow): Draft {
  return { threadId: thread_id, content, updatedAt: updated_at.toISOString(), sendAs: client_message_id };
}
