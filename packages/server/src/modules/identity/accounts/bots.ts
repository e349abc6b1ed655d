import type { User } from '@atrium/protocol';
import type { Work } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { recordAudit } from '../audit/store.ts';
import { insertAccount, lockAccount } from '../rows/account-store.ts';
import { presentUser } from '../rows/present.ts';
import { rejectDuplicates } from '../rows/reject-duplicates.ts';
import { erase } from './erase.ts';
import { botsAmong } from './erase-store.ts';

/** Creates the account of a bot: no address, no password, no workspace yet. Throws `username_taken`. */
export async function createBot(
  context: Work,
  { name, username = null }: { name: string; username?: string | null | undefined },
): Promise<User> {
  const { tx, now, actorId } = context;
  const account = await rejectDuplicates(
    insertAccount(tx, {
      id: newId(),
      email: null,
      name,
      username,
      password_hash: null,
      role: 'user',
      created_at: now,
      is_bot: true,
    }),
  );
  await recordAudit(tx, context, { kind: 'bot_created', actorId, targetId: account.id });
  return presentUser(account);
}

/** Deletes those of the accounts that are bots. They have left their workspace, or are about to. */
export async function deleteBots(context: Work, accountIds: readonly string[]): Promise<void> {
  for (const id of await botsAmong(context.tx, accountIds)) {
    await lockAccount(context.tx, id);
    await erase(context, { id, isBot: true });
    await recordAudit(context.tx, context, { kind: 'bot_deleted', actorId: context.actorId, targetId: id });
  }
}
