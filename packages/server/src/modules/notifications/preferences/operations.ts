import { notifications, sizes } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { command, type Implementation, problem, read } from '../../../platform/module/index.ts';
import { mergedChanges, preferencesWith } from '../deciding/preferences.ts';
import { presentLevel } from '../rows/present.ts';
import { countLevels, deleteLevel, lockSettings, saveLevel, saveSettings, settingsOf } from '../rows/settings-store.ts';

/** What notifies someone. */
export async function preferencesOf(db: Executor, userId: string) {
  return preferencesWith((await settingsOf(db, [userId])).get(userId));
}

/** What notifies people: by type and channel, in quiet hours, by conversation. */
export const preferenceOperations: readonly Implementation[] = [
  read(notifications.preferences, ({ db, actor }) => preferencesOf(db, actor.userId)),

  command(notifications.updatePreferences, async ({ actor: { userId }, append, input, tx }) => {
    const changes = mergedChanges(await lockSettings(tx, userId), input);
    await saveSettings(tx, userId, changes);
    const preferences = preferencesWith(changes);
    append(`user:${userId}`, 'notification:preferences', { preferences });
    return preferences;
  }),

  command(notifications.setConversation, async ({ actor: { userId }, append, input, tx }) => {
    const { conversationId, level, until } = input;
    // One change of a person's levels at a time, so that their number stays within its bound.
    await lockSettings(tx, userId);
    if (level === null) {
      await deleteLevel(tx, userId, conversationId);
      const data = { conversationId, level, until: null };
      append(`user:${userId}`, 'notification:conversation', data);
      return data;
    }
    const row = {
      account_id: userId,
      conversation_id: conversationId,
      level,
      until: until === null ? null : new Date(until),
    };
    await saveLevel(tx, row);
    if ((await countLevels(tx, userId)) > sizes.conversationLevels) {
      throw problem('conflict', `At most ${sizes.conversationLevels} conversations have a choice of their own.`);
    }
    const data = presentLevel(row);
    append(`user:${userId}`, 'notification:conversation', data);
    return data;
  }),
];
