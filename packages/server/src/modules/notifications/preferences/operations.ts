import { type NotificationPreferences, notifications, type PreferenceChanges, sizes } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { command, type Implementation, problem, read, type Work } from '../../../platform/module/index.ts';
import { watchConversation } from '../../chat/index.ts';
import { mergedChanges, preferencesWith } from '../deciding/preferences.ts';
import {
  countLevels,
  deleteLevel,
  isWatched,
  lockSettings,
  saveLevel,
  saveSettings,
  settingsOf,
} from '../rows/settings-store.ts';

/** A person's notification preferences. */
export async function preferencesOf(db: Executor, userId: string) {
  return preferencesWith((await settingsOf(db, [userId])).get(userId));
}

/** Changes a person's notification preferences, and tells their devices. @returns the result */
export async function changePreferences(
  { append, tx }: Pick<Work, 'append' | 'tx'>,
  userId: string,
  wanted: PreferenceChanges,
): Promise<NotificationPreferences> {
  const changes = mergedChanges(await lockSettings(tx, userId), wanted);
  await saveSettings(tx, userId, changes);
  const preferences = preferencesWith(changes);
  append(`user:${userId}`, 'notification:preferences', { preferences });
  return preferences;
}

/** Operations on notification preferences: by type and channel, quiet hours, by conversation. */
export const preferenceOperations: readonly Implementation[] = [
  read(notifications.preferences, ({ db, actor }) => preferencesOf(db, actor.userId)),

  command(notifications.updatePreferences, (work) => changePreferences(work, work.actor.userId, work.input)),

  command(
    notifications.setConversation,
    async (work) => {
      const { actor, append, input, subject, tx } = work;
      const { userId } = actor;
      const { conversationId, level } = input;
      // One change of a person's levels at a time, so that their number stays within the limit.
      await lockSettings(tx, userId);
      const until = level === null || input.until === null ? null : new Date(input.until);
      if (level === null) await deleteLevel(tx, userId, conversationId);
      else await saveLevel(tx, { account_id: userId, conversation_id: conversationId, level, until });
      if ((await countLevels(tx, userId)) > sizes.conversationLevels) {
        throw problem('conflict', `At most ${sizes.conversationLevels} conversations have a choice of their own.`);
      }
      await watchConversation(work, subject.conversation, await isWatched(tx, conversationId));
      const data = { conversationId, level, until: until?.toISOString() ?? null };
      append(`user:${userId}`, 'notification:conversation', data);
      return data;
    },
    { lock: 'change' },
  ),
];
