import { ECDH } from 'node:crypto';
import { type PushDevice, push, sizes } from '@atrium/protocol';
import { command, type Implementation, problem, read } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { refusalOf } from '../../../platform/outbound/index.ts';
import type { Keyring } from '../../identity/index.ts';
import { type DeviceRow, deleteDevice, devicesOf, saveDevice } from '../rows/device-store.ts';
import { lockSettings } from '../rows/settings-store.ts';

export interface PushDeps {
  keyring: Pick<Keyring, 'pushKeys' | 'rotatePushKeys'>;
  /** `host:port` of push services that may be called although their address is private. */
  pushPrivateHosts: ReadonlySet<string>;
}

const presentDevice = (row: DeviceRow, newest: string | undefined): PushDevice => ({
  id: row.id,
  device: row.device,
  createdAt: row.created_at.toISOString(),
  lastSentAt: row.last_sent_at?.toISOString() ?? null,
  error: row.error,
  isOutdated: row.server_key !== newest,
});

const invalid = (path: string, message: string) =>
  problem('invalid_input', { errors: [{ path, code: 'invalid_format', message }] });

/** Whether it is a valid key of a device: a point of the curve. */
function isPoint(p256dh: string): boolean {
  try {
    return ECDH.convertKey(p256dh, 'prime256v1', 'base64url').length > 0;
  } catch {
    return false;
  }
}

/** Operations on the devices that get push messages. */
export function pushOperations({ keyring, pushPrivateHosts }: PushDeps): readonly Implementation[] {
  const newestKey = async () => (await keyring.pushKeys())[0]?.publicKey;
  return [
    read(push.key, async () => {
      const publicKey = await newestKey();
      if (publicKey === undefined) throw problem('unavailable');
      return { publicKey };
    }),

    read(push.list, async ({ db, actor }) => {
      const newest = await newestKey();
      const devices = await devicesOf(db, actor.userId);
      return { items: devices.map((row) => presentDevice(row, newest)), nextCursor: null };
    }),

    command(push.subscribe, async ({ actor: { userId }, input, now, tx }) => {
      const { device, endpoint, keys, publicKey } = input;
      const refusal = refusalOf(endpoint, pushPrivateHosts);
      if (refusal !== undefined) throw invalid('endpoint', refusal);
      if (!isPoint(keys.p256dh)) throw invalid('keys.p256dh', 'is not a key of a device');
      const known = await keyring.pushKeys();
      if (!known.some((key) => key.publicKey === publicKey)) throw invalid('publicKey', 'is not a key of this server');
      // One change of a person's devices at a time, so that their number stays within the limit.
      await lockSettings(tx, userId);
      const row = {
        id: newId(),
        account_id: userId,
        endpoint,
        ...keys,
        device,
        created_at: now,
        server_key: publicKey,
      };
      const saved = await saveDevice(tx, row);
      if ((await devicesOf(tx, userId)).length > sizes.pushDevices) {
        throw problem('conflict', `At most ${sizes.pushDevices} devices get push messages: remove one first.`);
      }
      return presentDevice(saved, known[0]?.publicKey);
    }),

    command(push.unsubscribe, async ({ actor, input, tx }) => {
      await deleteDevice(tx, actor.userId, input.subscriptionId);
      return {};
    }),

    command(push.rotateKey, async () => {
      await keyring.rotatePushKeys();
      return {};
    }),
  ];
}
