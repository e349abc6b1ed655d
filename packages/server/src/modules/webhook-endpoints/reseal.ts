import type { Executor } from '../../platform/database/index.ts';
import type { Keyring } from '../identity/index.ts';
import { replaceSealed, sealedSecrets } from './endpoint-store.ts';
import { secretContext } from './secret.ts';

const BATCH = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Re-encrypts the secrets of all endpoints with the current data key, so that older keys can be deleted. */
export async function resealEndpoints(db: Executor, keyring: Pick<Keyring, 'sealAnew'>): Promise<void> {
  for (let after = FIRST; ; ) {
    const rows = await sealedSecrets(db, after, BATCH);
    for (const row of rows) {
      for (const column of ['secret', 'old_secret'] as const) {
        const from = row[column];
        const to = from === null ? undefined : keyring.sealAnew(secretContext(row.id), from);
        if (from !== null && to !== undefined) await replaceSealed(db, row.id, column, { from, to });
      }
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return;
    after = last.id;
  }
}
