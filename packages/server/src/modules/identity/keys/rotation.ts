import type { Transaction } from '../../../platform/database/index.ts';
import { recordAudit } from '../audit/store.ts';
import type { Keyring } from './keyring.ts';
import { lockRotation } from './store.ts';

/** The age at which a signing key is rotated. */
const MAX_AGE_MS = 90 * 24 * 60 * 60 * 1000;

/** The actor in audit entries of the server itself. */
const itself = { id: 'maintenance', ip: '', userAgent: 'Atrium' };

/** Rotates the signing key when it is 90 days old; on one node only. @returns whether it did */
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
