import type { Listeners } from '../../../platform/module/index.ts';
import { contactsById, preferencesById } from '../../identity/index.ts';
import { replanDigest } from './plan.ts';
import { deleteDigest } from './store.ts';

/** The hooks that move a person's digest. */
export const digestListeners = {
  'account:registered': (work, { account: { id: userId, preferences, timezone: zone } }) =>
    replanDigest(work, { userId, zone, time: preferences.morningDigestAt }),
  async 'account:timezoneChanged'(work, { userId, timezone: zone }) {
    const time = (await preferencesById(work.tx, [userId])).get(userId)?.morningDigestAt ?? null;
    await replanDigest(work, { userId, zone, time });
  },
  async 'account:preferencesChanged'(work, { userId, before, after }) {
    const contact = (await contactsById(work.tx, [userId])).get(userId);
    if (before.morningDigestAt === after.morningDigestAt || contact === undefined) return;
    await replanDigest(work, { userId, zone: contact.timezone, time: after.morningDigestAt });
  },
  'account:erasing': (work, { userId }) => deleteDigest(work.tx, userId),
} satisfies Listeners;
