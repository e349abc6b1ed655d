import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import type { MessageRow, StoredReactions } from '../rows/tables.ts';

/** Stores the reactions to a message that the caller has locked. */
export async function writeReactions(
  tx: Transaction,
  { conversation_id, seq }: MessageRow,
  reactions: StoredReactions | null,
): Promise<void> {
  const json = reactions && JSON.stringify(reactions);
  await sql`
    update message set reactions = ${json}::jsonb where conversation_id = ${conversation_id} and seq = ${seq}
  `.execute(tx);
}
