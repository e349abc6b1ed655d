import { firstCharacters } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { type PushMessage, type PushResult, sendPush } from '../../../platform/push/index.ts';
import type { DeliveryOutcome, SendingHandler } from '../ledger/handler.ts';
import type { DeliveryRow } from '../ledger/tables.ts';
import { type DeviceRow, deleteDevice, devicesOf, noteSent } from '../rows/device-store.ts';
import { NOTIFICATION } from '../rows/kinds.ts';
import { notificationsById, unreadCounts } from '../rows/notification-store.ts';
import type { NotificationRow } from '../rows/tables.ts';
import { subjectsOf, type Viewing } from '../viewing/viewing.ts';
import type { PushDeps } from './operations.ts';

export interface PushHandlerDeps extends PushDeps {
  clock: { now(): Date };
  database: { readonly db: Executor };
  /** The contact address that is sent to push services. */
  subject: string;
  viewing: Pick<Viewing, 'isViewing'>;
}

const BODY_LENGTH = 300;
const HIGH: ReadonlySet<string> = new Set(['mention', 'message', 'reminder', 'overdue']);

/** The content that a device shows. Encrypted it must fit into 4 KB. */
function messageOf(row: NotificationRow, unread: number, ttlMs: number): PushMessage {
  const { id, type, cause, title, link, count } = row;
  const body = firstCharacters(row.body, BODY_LENGTH);
  return {
    payload: JSON.stringify({ id, type, cause, title, body, link, count, unread }),
    topic: id.replaceAll('-', ''),
    ttlSeconds: Math.max(0, Math.floor(ttlMs / 1_000)),
    urgency: HIGH.has(type) ? 'high' : 'normal',
  };
}

/** The outcome for all devices, from the outcome of each. One that must be retried takes precedence. */
function outcomeOf(results: readonly PushResult[]): DeliveryOutcome {
  const again = results.filter((result) => result.state === 'retry');
  if (again.length > 0) {
    const waits = again.flatMap(({ afterMs }) => afterMs ?? []);
    const reason = again[0]?.reason ?? '';
    return { state: 'retry', reason, ...(waits.length > 0 && { afterMs: Math.max(...waits) }) };
  }
  if (results.some(({ state }) => state === 'sent')) return { state: 'sent' };
  const failed = results.find((result) => result.state === 'failed');
  return failed ?? { state: 'withdrawn', reason: 'no_device' };
}

/** Sends notifications to the devices of a person. */
export function pushHandler(deps: PushHandlerDeps): SendingHandler {
  const { clock, database, keyring, pushPrivateHosts: allowed, subject, viewing } = deps;
  const { db } = database;

  async function sendTo(device: DeviceRow, message: PushMessage, deliveryId: string, signal: AbortSignal) {
    const key = (await keyring.pushKeys()).find(({ publicKey }) => publicKey === device.server_key);
    const result: PushResult =
      key === undefined
        ? { state: 'failed', reason: 'It subscribed with a key that is not kept any more.' }
        : await sendPush(device, message, { allowed, now: clock.now(), sender: { subject, ...key }, signal });
    if (result.state === 'gone') await deleteDevice(db, device.account_id, device.id);
    else if (result.state === 'sent') await noteSent(db, device.id, { deliveryId, error: null });
    else await noteSent(db, device.id, { deliveryId: null, error: result.reason });
    return result;
  }

  return {
    kind: NOTIFICATION,
    channel: 'push',
    // It has the same topic: a device that already has it replaces it.
    interrupted: 'again',
    async send({ id, account_id: userId, subject: notificationId, useful_until }: DeliveryRow, signal) {
      const row = (await notificationsById(db, [notificationId])).get(notificationId);
      if (row === undefined) return { state: 'withdrawn', reason: 'removed' };
      if (row.read_at !== null) return { state: 'withdrawn', reason: 'read' };
      if (viewing.isViewing(userId, subjectsOf(row))) return { state: 'withdrawn', reason: 'looking' };
      const unread = (await unreadCounts(db, [userId])).get(userId) ?? 0;
      const message = messageOf(row, unread, useful_until.getTime() - clock.now().getTime());
      const devices = await devicesOf(db, userId);
      const results = await Promise.all(
        devices.map(
          async (device): Promise<PushResult> =>
            device.last_delivery === id ? { state: 'sent' } : await sendTo(device, message, id, signal),
        ),
      );
      return outcomeOf(results);
    },
  };
}
