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
  /** The key of this server that the device subscribed with. */
  server_key: string;
  last_delivery: string | null;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    push_subscription: DeviceRow;
  }
}

/** Deletes all devices of a person. */
export async function deleteDevicesOf(tx: Transaction, userId: string): Promise<void> {
  await sql`delete from push_subscription where account_id = ${userId}`.execute(tx);
}

/** The devices of a person. */
export async function devicesOf(db: Executor, userId: string): Promise<DeviceRow[]> {
  const { rows } = await sql<DeviceRow>`
    select * from push_subscription where account_id = ${userId} order by id
  `.execute(db);
  return rows;
}

/** Adds a device, or updates the one with the same endpoint. @returns the stored device */
export async function saveDevice(
  tx: Transaction,
  device: Omit<DeviceRow, 'last_sent_at' | 'error' | 'last_delivery'>,
): Promise<DeviceRow> {
  const { rows } = await sql<DeviceRow>`
    insert into push_subscription (id, account_id, endpoint, p256dh, auth, device, created_at, server_key)
    values (${device.id}, ${device.account_id}, ${device.endpoint}, ${device.p256dh}, ${device.auth}, ${device.device},
      ${device.created_at}, ${device.server_key})
    on conflict (md5(endpoint)) do update set account_id = excluded.account_id, p256dh = excluded.p256dh,
      auth = excluded.auth, device = excluded.device, server_key = excluded.server_key, error = null, last_delivery = null
    returning *
  `.execute(tx);
  const [saved] = rows;
  if (saved === undefined) throw new Error('The device that was just saved is not there.');
  return saved;
}

/** Deletes a device of a person, if they have it. */
export async function deleteDevice(db: Executor, userId: string, id: string): Promise<void> {
  await sql`delete from push_subscription where id = ${id} and account_id = ${userId}`.execute(db);
}

/** Records the answer of a push service; `deliveryId` if it accepted the message. Deleted devices stay deleted. */
export async function noteSent(
  db: Executor,
  id: string,
  { deliveryId, error }: { deliveryId: string | null; error: string | null },
): Promise<void> {
  await sql`
    update push_subscription
    set error = ${error?.slice(0, 500).toWellFormed().replaceAll('\0', '') ?? null},
      last_delivery = coalesce(${deliveryId}::uuid, last_delivery),
      last_sent_at = case when ${deliveryId}::uuid is null then last_sent_at else clock_timestamp() end
    where id = ${id}
  `.execute(db);
}
