import type { Database } from '../../../platform/database/index.ts';
import type { Transact } from '../../../platform/module/index.ts';
import { contactsById, peopleIds, preferencesById } from '../../identity/index.ts';
import { subjectsWithoutPlan } from '../../notifications/index.ts';
import { replanDigest } from './plan.ts';
import { DIGEST } from './store.ts';

const PAGE = 1_000;
const AT_ONCE = 100;

export interface CompleteDeps {
  database: Pick<Database, 'db'>;
  transact: Transact;
}

async function planFor({ transact }: CompleteDeps, userIds: readonly string[]): Promise<void> {
  await transact({ actorId: null }, async (work) => {
    const contacts = await contactsById(work.tx, userIds);
    const preferences = await preferencesById(work.tx, userIds);
    for (const { id: userId, timezone: zone } of contacts.values()) {
      await replanDigest(work, { userId, zone, time: preferences.get(userId)?.morningDigestAt ?? null });
    }
  });
}

/**
 * Plans the digest of people without a planned one: accounts from before digests existed, and those whose last one
 * failed permanently.
 */
export async function completeDigests(deps: CompleteDeps, signal: AbortSignal): Promise<void> {
  const { db } = deps.database;
  for (let after: string | undefined; ; ) {
    const ids = await peopleIds(db, { after, limit: PAGE });
    const missing = await subjectsWithoutPlan(db, DIGEST, ids);
    for (let at = 0; at < missing.length && !signal.aborted; at += AT_ONCE) {
      await planFor(deps, missing.slice(at, at + AT_ONCE));
    }
    after = ids.at(-1);
    if (ids.length < PAGE || signal.aborted) return;
  }
}
