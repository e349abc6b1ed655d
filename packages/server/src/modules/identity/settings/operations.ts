import { isDeepStrictEqual } from 'node:util';
import { admin } from '@atrium/protocol';
import { command, type Implementation, read } from '../../../platform/module/index.ts';
import { recordAudit } from '../audit/store.ts';
import { instanceSettings, lockInstanceSettings, updateInstanceSettings } from '../rows/settings-store.ts';

/** Operations on the settings of the instance, for its admins. */
export function settingsOperations(): Implementation[] {
  return [
    read(admin.settings, ({ db }) => instanceSettings(db)),

    command(admin.updateSettings, async (context) => {
      const { tx, input, actor } = context;
      const before = await lockInstanceSettings(tx);
      const after = {
        unverifiedMay: input.unverifiedMay ?? before.unverifiedMay,
        registration: input.registration ?? before.registration,
        neutralRegistration: input.neutralRegistration ?? before.neutralRegistration,
      };
      if (isDeepStrictEqual(after, before)) return before;
      await updateInstanceSettings(tx, after);
      await recordAudit(tx, context, {
        kind: 'settings_changed',
        actorId: actor.userId,
        targetId: null,
        details: after,
      });
      return after;
    }),
  ];
}
