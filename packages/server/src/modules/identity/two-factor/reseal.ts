import type { Executor } from '../../../platform/database/index.ts';
import type { Keyring } from '../keys/keyring.ts';
import { totpContext } from './redeem.ts';
import { listSealed, replaceSealed } from './store.ts';

const BATCH = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Seals every authenticator secret with the current key, so that older keys can be deleted. @returns how many were
 * sealed
 */
export async function resealAll(db: Executor, keyring: Pick<Keyring, 'sealAnew'>): Promise<number> {
  let changed = 0;
  let after = FIRST;
  for (;;) {
    const rows = await listSealed(db, after, BATCH);
    for (const row of rows) {
      for (const column of ['totp_sealed', 'pending_sealed'] as const) {
        const from = row[column];
        const to = from === null ? undefined : keyring.sealAnew(totpContext(row.account_id), from);
        if (from === null || to === undefined) continue;
        await replaceSealed(db, row.account_id, column, { from, to });
        changed += 1;
      }
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return changed;
    after = last.account_id;
  }
}
