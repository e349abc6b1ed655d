import type { User } from '@atrium/protocol';
import type { Work } from '../../../platform/module/index.ts';
import { deleteAnswers } from '../../../platform/operations/index.ts';
import { deleteTokens } from '../rows/token-store.ts';
import { announceRevoked } from '../sessions/revoke.ts';
import { revokeSessions } from '../sessions/store.ts';
import { eraseAccount } from './erase-store.ts';

/** How a deleted account is shown. */
export function shownWhenDeleted({ id, isBot }: Pick<User, 'id' | 'isBot'>): User {
  return { id, name: isBot ? 'Deleted bot' : 'Deleted user', username: null, avatar: null, isBot };
}

/** Anonymizes an account that the caller has locked, and closes all its connections. What it wrote stays. */
export async function erase(context: Work, account: Pick<User, 'id' | 'isBot'>): Promise<void> {
  const { tx, now } = context;
  const { id } = account;
  await context.tell('account:erasing', { userId: id });
  context.append(`user:${id}`, 'me:updated', { userId: id });
  const sessions = await revokeSessions(tx, { accountId: id }, 'deleted', now);
  announceRevoked(context, id, [...sessions, ...(await deleteTokens(tx, id))]);
  await eraseAccount(tx, id, shownWhenDeleted(account).name, now);
  await deleteAnswers(tx, id);
}
