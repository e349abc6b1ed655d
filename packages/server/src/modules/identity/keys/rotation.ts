import type { Transaction } from '../../../platform/database/index.ts';
import { recordAudit } from '../audit/store.ts';
import type { Keyring } from './keyring.ts';
import { lockRotation } from './store.ts';

/** How old a signing key becomes before another one takes over. */
const MAX_AGE_MS = 90 * 24 * 60 * 60 * 1000;

/** What the audit log says of the program's own deeds. */
const itself = { id: 'maintenance', ip: '', userAgent: 'Atrium' };

/** Lets a new key sign when the present one is 90 days old; on one node only. @returns whether it did */
export async function rotateOldKeys(
  tx: Transaction,
  keyring: Pick<Keyring, 'rotate' | 'signingSince'>,
  now: Date,
): Promise<boolean> {
  if (!(await lockRotation(tx))) return false;
  const since = await keyring.signingSince();
  if (now.getTime() - since.getTime() < MAX_AGE_MS) return false;
  await keyring.rotate();
  await recordAudit(tx, { request: itself, now }, { kind: 'keys_rotated', actorId: null, targetId: null });
  return true;
}
