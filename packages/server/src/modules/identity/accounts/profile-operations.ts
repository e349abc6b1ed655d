import { type ParsedInputOf, users } from '@atrium/protocol';
import { command, type Implementation, problem, read, type Work } from '../../../platform/module/index.ts';
import { type AccountChange, type AccountRow, findAccount, lockAccount, updateAccount } from '../rows/account-store.ts';
import { presentMe, presentPreferences, presentUser } from '../rows/present.ts';
import { rejectDuplicates } from '../rows/reject-duplicates.ts';
import { accountChange, isPublicChange } from './changes.ts';

/** Turns off a person's morning digest, on behalf of any caller. */
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

/**
 * Changes what somebody is shown by and what they prefer, and tells of it.
 * @returns their account as it is then
 * @throws `invalid_token` when it is gone; `version_conflict`, `username_taken`, `invalid_input`
 */
export async function changeProfile(
  work: Work,
  userId: string,
  wanted: ParsedInputOf<typeof users.updateMe>,
): Promise<AccountRow> {
  await work.tell('account:beforeUpdate', { userId, wanted });
  const account = await lockAccount(work.tx, userId);
  if (account === undefined) throw problem('invalid_token');
  if (wanted.version !== undefined && wanted.version !== account.version) {
    throw problem('version_conflict', { current: presentMe(account) });
  }
  const change = accountChange(account, wanted);
  if (change === undefined) return account;
  if (change.avatar !== undefined) {
    await work.tell('account:avatarChanged', { userId, before: account.avatar, after: change.avatar });
  }
  const updated = await rejectDuplicates(updateAccount(work.tx, userId, change));
  work.append(`user:${userId}`, 'me:updated', { userId });
  await publishChange(work, account, updated, change);
  return updated;
}

async function publishChange(
  work: Work,
  account: AccountRow,
  updated: AccountRow,
  change: AccountChange,
): Promise<void> {
  const { id: userId } = account;
  if (isPublicChange(change)) await work.tell('account:profileChanged', { user: presentUser(updated) });
  if (change.timezone !== undefined) {
    await work.tell('account:timezoneChanged', { userId, timezone: change.timezone });
  }
  if (change.preferences !== undefined) {
    const preferences = { before: presentPreferences(account.preferences), after: change.preferences };
    await work.tell('account:preferencesChanged', { userId, ...preferences });
  }
}

/** Operations on the caller's own profile and on the profiles of people in shared workspaces. */
export function profileOperations(): Implementation[] {
  return [
    read(users.me, async ({ db, actor }) => {
      const account = await findAccount(db, actor.userId);
      if (account === undefined) throw problem('invalid_token');
      return presentMe(account);
    }),

    command(
      users.updateMe,
      async (context) => presentMe(await changeProfile(context, context.actor.userId, context.input)),
      { lock: 'itself' },
    ),

    read(users.get, ({ subject }) => subject),
  ];
}
