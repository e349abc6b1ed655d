import type { Database } from '../../../platform/database/index.ts';
import { pruneDecisions } from '../rows/decision-store.ts';
import { pruneNotifications } from '../rows/notification-store.ts';

const READ_DAYS = 90;
const DECISION_DAYS = 30;
const AT_ONCE = 10_000;

/** Deletes notifications that were read 90 days ago, and decisions after 30 days. Unread ones are kept. */
export async function deleteOldNotifications({ database: { db } }: { database: Pick<Database, 'db'> }): Promise<void> {
  while ((await pruneNotifications(db, READ_DAYS, AT_ONCE)) === AT_ONCE);
  while ((await pruneDecisions(db, DECISION_DAYS, AT_ONCE)) === AT_ONCE);
}
