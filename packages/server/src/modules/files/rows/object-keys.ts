import type { Executor } from '../../../platform/database/index.ts';
import { storedIds } from './clearing-store.ts';
import { contentKey, thumbnailKey } from './keys.ts';

const PAGE = 1_000;

/** The keys of all objects that the files of the database have in the storage. */
export async function* storedObjectKeys(db: Executor): AsyncGenerator<string> {
  let rows: Awaited<ReturnType<typeof storedIds>>;
  let after: string | undefined;
  do {
    rows = await storedIds(db, undefined, after, PAGE);
    after = rows.at(-1)?.id;
    for (const { id, isPicture } of rows) {
      if (isPicture) yield thumbnailKey(id);
      yield contentKey(id);
    }
  } while (rows.length === PAGE);
}
