import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

/** A device that gets push messages. */
export interface DeviceRow {
  id: string;
  account_id: string;
  endpoint: string;
  p256dh: string;
  auth: string;
  device: string;
  created_at: Date;
  last_sent_at: Date | null;
  error: string | null;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    push_subscription: DeviceRow;
  }
}

/** Those of the people who have a device that gets push messages. */
export async function peopleWithDevices(db: Executor, userIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct account_id as id from push_subscription where account_id = any(${userIds}::uuid[])
  `.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Forgets all devices of a person. */
export async function deleteDevicesOf(tx: Transaction, userId: string): Promise<void> {
  await sql`delete from push_subscription where account_id = ${userId}`.execute(tx);
}
