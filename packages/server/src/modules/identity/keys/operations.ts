import { admin } from '@atrium/protocol';
import { command, type Implementation } from '../../../platform/module/index.ts';
import { recordAudit } from '../audit/store.ts';
import type { Keyring } from './keyring.ts';
import { waitForRotation } from './store.ts';

/** `admin.rotateKeys`: a new key signs from now on; tokens signed by older keys stay valid until they expire. */
export function keyOperations({ keyring }: { keyring: Pick<Keyring, 'rotate'> }): Implementation[] {
  return [
    command(admin.rotateKeys, async (context) => {
      await waitForRotation(context.tx);
      await recordAudit(context.tx, context, {
        kind: 'keys_rotated',
        actorId: context.actor.userId,
        targetId: null,
      });
      await keyring.rotate();
      return {};
    }),
  ];
}
