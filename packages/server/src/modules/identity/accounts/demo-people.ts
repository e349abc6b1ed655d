import type { Work } from '../../../platform/module/index.ts';
import { recordAudit } from '../audit/store.ts';
import { lockAccount } from '../rows/account-store.ts';
import { erase, shownWhenDeleted } from './erase.ts';
import { createUnclaimedAccount } from './unclaimed-accounts.ts';

/** A domain that never exists (RFC 2606). */
const DOMAIN = 'demo.invalid';

/**
 * Creates the account of a fictional person. Nobody can sign in to it, and because its address is not verified, it gets
 * no mail. Throws `username_taken`.
 */
export async function createDemoPerson(
  work: Work,
  { id, name, username, timezone }: { id: string; name: string; username: string; timezone: string },
): Promise<string> {
  return createUnclaimedAccount(work, { id, name, username, timezone, email: `${username}@${DOMAIN}` });
}

/** Deletes the account of a fictional person, unless it is gone already. */
export async function deleteDemoPerson(work: Work, id: string): Promise<void> {
  await work.tell('account:beforeDelete', { userId: id });
  if ((await lockAccount(work.tx, id)) === undefined) return;
  const shown = shownWhenDeleted({ id, isBot: false });
  await work.tell('account:deleting', { shown });
  await erase(work, shown);
  await recordAudit(work.tx, work, { kind: 'account_deleted', actorId: work.actorId, targetId: id });
}
