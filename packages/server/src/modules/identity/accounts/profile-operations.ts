import { users } from '@atrium/protocol';
import { command, type Implementation, problem, read, type Work } from '../../../platform/module/index.ts';
import { findAccount, lockAccount, updateAccount } from '../rows/account-store.ts';
import { presentMe, presentPreferences, presentUser } from '../rows/present.ts';
import { rejectDuplicates } from '../rows/reject-duplicates.ts';
import { accountChange, isPublicChange } from './changes.ts';

/** Ends the morning digest of a person, whoever asks for it. */
export async function endMorningDigest(work: Pick<Work, 'append' | 'tell' | 'tx'>, userId: string): Promise<void> {
  const account = await lockAccount(work.tx, userId);
  if (account === undefined) return;
  const before = presentPreferences(account.preferences);
  if (before.morningDigestAt === null) return;
  const after = { ...before, morningDigestAt: null };
  await updateAccount(work.tx, userId, { preferences: after });
  work.append(`user:${userId}`, 'me:updated', { userId });
  await work.tell('account:preferencesChanged', { userId, before, after });
}

/** One's own profile, and that of people one shares a workspace with. */
export function profileOperations(): Implementation[] {
  return [
    read(users.me, async ({ db, actor }) => {
      const account = await findAccount(db, actor.userId);
      if (account === undefined) throw problem('invalid_token');
      return presentMe(account);
    }),

    command(
      users.updateMe,
      async (context) => {
        const { tx, actor, input } = context;
        const { userId } = actor;
        await context.tell('account:beforeUpdate', { userId, wanted: input });
        const account = await lockAccount(tx, userId);
        if (account === undefined) throw problem('invalid_token');
        if (input.version !== undefined && input.version !== account.version) {
          throw problem('version_conflict', { current: presentMe(account) });
        }
        const change = accountChange(account, input);
        if (change === undefined) return presentMe(account);
        const updated = await rejectDuplicates(updateAccount(tx, account.id, change));
        context.append(`user:${account.id}`, 'me:updated', { userId: account.id });
        if (isPublicChange(change)) await context.tell('account:profileChanged', { user: presentUser(updated) });
        if (change.timezone !== undefined) {
          await context.tell('account:timezoneChanged', { userId: account.id, timezone: change.timezone });
        }
        if (change.preferences !== undefined) {
          const preferences = { before: presentPreferences(account.preferences), after: change.preferences };
          await context.tell('account:preferencesChanged', { userId: account.id, ...preferences });
        }
        return presentMe(updated);
      },
      { lock: 'itself' },
    ),

    read(users.get, ({ subject }) => subject),
  ];
}
