import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';

/** The ids of tasks that were created from messages, by message; of a recurring task, the latest occurrence. */
export async function sourcedTaskIds(db: Executor, messageIds: readonly string[]): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ messageId: string; ids: string[] }>`
    select source_message_id as "messageId", array_agg(id::text order by id) as ids
    from task where source_message_id = any(${messageIds}::uuid[]) and deleted_at is null and next_id is null
    group by source_message_id
  `.execute(db);
  return new Map(rows.map(({ messageId, ids }) => [messageId, ids]));
}
