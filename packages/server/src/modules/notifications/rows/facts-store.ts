import type { PreferenceChanges } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';

/** This module's facts about a recipient. */
export interface OwnFacts {
  /** Their changes of the default preferences. */
  changes: PreferenceChanges | undefined;
  /** They have a device that gets push messages. */
  hasDevice: boolean;
  /** Number of mails and push messages to them in the last hour. */
  recent: number;
}

/**
 * The facts about people, in one query.
 * @param kind the counted kind of delivery
 */
export async function ownFactsOf(
  db: Executor,
  userIds: readonly string[],
  kind: string,
): Promise<Map<string, OwnFacts>> {
  const { rows } = await sql<{ id: string; changes: PreferenceChanges | null; has_device: boolean; recent: number }>`
    select p.id, s.changes, exists (select from push_subscription d where d.account_id = p.id) as has_device,
      (
        select count(*)::int from delivery l
        where l.account_id = p.id and l.created_at > now() - interval '1 hour' and l.kind = ${kind}
          and l.state <> 'withdrawn'
      ) as recent
    from unnest(${userIds}::uuid[]) p (id)
    left join notification_settings s on s.account_id = p.id
  `.execute(db);
  return new Map(
    rows.map(({ id, changes, has_device, recent }) => [
      id,
      { changes: changes ?? undefined, hasDevice: has_device, recent },
    ]),
  );
}
