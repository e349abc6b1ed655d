import type { Work } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { recordAudit } from '../audit/store.ts';
import { insertAccount, lockAccount } from '../rows/account-store.ts';
import { presentMe } from '../rows/present.ts';
import { rejectDuplicates } from '../rows/reject-duplicates.ts';
import { erase, shownWhenDeleted } from './erase.ts';

/** A domain that never exists (RFC 2606). */
const DOMAIN = 'demo.invalid';

/**
 * Creates the account of an invented person. Nobody can sign in to it, and as its address is not verified, it gets no
 * mail. Throws `username_taken`.
 */
export async function createDemoPerson(
  work: Work,
  { name, username, timezone }: { name: string; username: string; timezone: string },
): Promise<string> {
  const account = await rejectDuplicates(
    insertAccount(work.tx, {
      id: newId(),
      email: `${username}@${DOMAIN}`,
      name,
      username,
      password_hash: null,
      role: 'user',
      timezone,
      created_at: work.now,
    }),
  );
  await work.tell('account:registered', { account: presentMe(account) });
  return account.id;
}

/** Deletes the account of an invented person, unless it is gone already. */
export async function deleteDemoPerson(work: Work, id: string): Promise<void> {
  await work.tell('account:beforeDelete', { userId: id });
  if ((await lockAccount(work.tx, id)) === undefined) return;
  const shown = shownWhenDeleted({ id, isBot: false });
  await work.tell('account:deleting', { shown });
  await erase(work, shown);
  await recordAudit(work.tx, work, { kind: 'account_deleted', actorId: work.actorId, targetId: id });
}
