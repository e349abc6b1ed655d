import type { Executor } from '../../platform/database/index.ts';
import { EXPORT_PAGE, type ExportPart, pagesOf } from '../identity/index.ts';
import { ordersOf } from './personal-data-store.ts';

/** The orders of a person, for their data export. */
export function orderParts(db: Executor, userId: string): ExportPart[] {
  const pages = pagesOf(
    (after: string | undefined) => ordersOf(db, userId, { after, limit: EXPORT_PAGE }),
    ({ id }) => id,
  );
  return [{ name: 'orders', about: 'orders that you placed', pages }];
}
