import type { User } from '@atrium/protocol';
import { newId } from '../../../platform/new-id.ts';
import { recordAudit } from '../audit/store.ts';
import { insertAccount, lockAccount } from '../rows/account-store.ts';
import type { HookContext } from '../rows/hooks.ts';
import { presentUser } from '../rows/present.ts';
import { refusingTaken } from '../rows/taken.ts';
import { erase } from './erase.ts';
import { botsAmong } from './erase-store.ts';

function actorOf({ actor }: HookContext): string | null {
  return actor.kind === 'user' ? actor.userId : null;
}

/** Makes the account of a bot: no address, no password, no workspace yet. Throws `username_taken`. */
export async function createBot(
  context: HookContext,
  { name, username = null }: { name: string; username?: string | null | undefined },
): Promise<User> {
  const { tx, now } = context;
  const account = await refusingTaken(
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
  await recordAudit(tx, context, { kind: 'bot_created', actorId: actorOf(context), targetId: account.id });
  return presentUser(account);
}

/**
 * Deletes those of the accounts that are bots. They have left, or are about to leave, their workspace.
 * @returns their ids, so that the caller has forgotten what else is kept for them
 */
export async function retireBots(context: HookContext, accountIds: readonly string[]): Promise<string[]> {
  const ids = await botsAmong(context.tx, accountIds);
  for (const id of ids) {
    await lockAccount(context.tx, id);
    await erase(context, { id, isBot: true });
    await recordAudit(context.tx, context, { kind: 'bot_deleted', actorId: actorOf(context), targetId: id });
  }
  return ids;
}
