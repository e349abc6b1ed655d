import { auth } from '@atrium/protocol';
import type { Database } from '../../../platform/database/index.ts';
import { problem, type Transact, type Work } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { recordAudit } from '../audit/store.ts';
import { mailNotice } from '../mails/security.ts';
import { createPasswordHasher, type HashParameters } from '../passwords/hasher.ts';
import { refuseWeakPassword } from '../passwords/refuse.ts';
import { setPassword } from '../passwords/store.ts';
import { type AccountRow, findAccountByEmail, insertAccount, lockAccount } from '../rows/account-store.ts';
import { deleteChallenges } from '../rows/challenge-store.ts';
import { lockAddress } from '../rows/lock-store.ts';
import { presentMe } from '../rows/present.ts';
import { rejectDuplicates } from '../rows/reject-duplicates.ts';
import { markSetUp } from '../rows/settings-store.ts';
import { deleteTokens } from '../rows/token-store.ts';
import { endAllSessions } from '../sessions/revoke.ts';
import { deleteTwoFactor } from '../two-factor/store.ts';
import { type AdminUserRow, listAdminUsers, setDisabled, setRole } from './user-store.ts';

/** An administrator as the operator sees them. */
export interface Administrator {
  id: string;
  name: string;
  email: string;
  disabled: boolean;
  twoFactor: boolean;
  lastUsedAt: string | null;
}

/** What the operator of the machine may do with administrators, without being one. */
export interface Operator {
  /**
   * Creates the account of an administrator with a verified address.
   * @throws ProblemError `invalid_input`, `password_refused`, `email_taken` or `username_taken`
   */
  create(wanted: { name: string; email: string; password: string; username?: string | undefined }): Promise<{
    id: string;
  }>;
  /**
   * Sets a new password, revokes all access by the old one, and enables the account. `grant` makes the account an
   * administrator, `removeTwoFactor` removes its second factor.
   * @throws ProblemError `not_found`; `conflict` if they are no administrator and `grant` is not set; `password_refused`
   */
  reset(wanted: { email: string; password: string; grant: boolean; removeTwoFactor: boolean }): Promise<{
    id: string;
  }>;
  list(): Promise<Administrator[]>;
}

/** More administrators than any instance has. */
const MOST_LISTED = 1_000;

/** Implements what the command line does with administrators. */
export function createOperator(deps: {
  appUrl: string;
  database: Pick<Database, 'db'>;
  defaultTimezone: string;
  hashing?: HashParameters | undefined;
  transact: Transact;
}): Operator {
  const { appUrl, database, defaultTimezone: timezone, transact } = deps;
  const hasher = createPasswordHasher(deps.hashing);

  return {
    async create(wanted) {
      const { name, email, password, username } = parse(wanted);
      refuseWeakPassword(password, { name, email, username });
      const password_hash = await hasher.hash(password);
      return transact({ actorId: null }, async (work) => {
        const { tx, now } = work;
        await markSetUp(tx, now);
        await lockAddress(tx, email);
        const account = await rejectDuplicates(
          insertAccount(tx, {
            id: newId(),
            email,
            email_verified_at: now,
            name,
            username: username ?? null,
            password_hash,
            role: 'admin',
            timezone,
            created_at: now,
          }),
        );
        const entry = { actorId: null, targetId: account.id };
        await recordAudit(tx, work, { kind: 'registered', ...entry, details: { role: 'admin' } });
        await work.tell('account:registered', { account: presentMe(account) });
        return { id: account.id };
      });
    },

    async reset({ email, password: typed, grant, removeTwoFactor }) {
      const found = await findAccountByEmail(database.db, auth.register.input.shape.email.parse(email));
      if (found === undefined) throw problem('not_found');
      const { password } = parse({ name: found.name, email: found.email, password: typed });
      refuseWeakPassword(password, { ...found, username: found.username ?? undefined });
      const hash = await hasher.hash(password);
      return transact({ actorId: null }, async (work) => {
        const account = await lockAccount(work.tx, found.id);
        if (account === undefined) throw problem('not_found');
        if (account.role !== 'admin' && !grant)
          throw problem('conflict', `${email} is not an administrator; --grant makes them one`);
        await resetAccount(work, account, { hash, removeTwoFactor });
        await mailNotice(work, appUrl, account, {
          title: 'Your password was changed',
          text: 'whoever runs the server has given you a new password, signed out all your devices and revoked your API tokens.',
        });
        return { id: account.id };
      });
    },

    async list() {
      const filters = { role: 'admin', bots: false } as const;
      const rows = await listAdminUsers(database.db, filters, { after: undefined, limit: MOST_LISTED });
      return rows.map(presentAdministrator);
    },
  };
}

async function resetAccount(
  work: Work,
  account: AccountRow,
  { hash, removeTwoFactor }: { hash: string; removeTwoFactor: boolean },
): Promise<void> {
  const { tx, now } = work;
  const entry = { actorId: null, targetId: account.id };
  await setPassword(tx, account.id, { hash, verifiedAt: account.email_verified_at ?? now });
  await recordAudit(tx, work, { kind: 'password_reset', ...entry });
  if (account.role !== 'admin') {
    await setRole(tx, account.id, 'admin');
    await recordAudit(tx, work, { kind: 'role_changed', ...entry, details: { from: account.role, to: 'admin' } });
  }
  if (account.disabled_at !== null) {
    await setDisabled(tx, account.id, null);
    await recordAudit(tx, work, { kind: 'account_enabled', ...entry });
  }
  if (removeTwoFactor) {
    await deleteTwoFactor(tx, account.id);
    await recordAudit(tx, work, { kind: 'two_factor_disabled', ...entry });
  }
  await deleteChallenges(tx, account.id);
  work.append(`user:${account.id}`, 'me:updated', { userId: account.id });
  await endAllSessions(work, account.id, 'password_changed', await deleteTokens(tx, account.id));
}

/** Throws `invalid_input` with what is wrong, like a registration. */
function parse(wanted: { name: string; email: string; password: string; username?: string | undefined }) {
  const parsed = auth.register.input.safeParse(wanted);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, code, message }) => ({ path: path.join('.'), code, message }));
  throw problem('invalid_input', { errors });
}

function presentAdministrator(row: AdminUserRow): Administrator {
  return {
    id: row.id,
    name: row.name,
    email: row.email ?? '',
    disabled: row.disabled_at !== null,
    twoFactor: row.two_factor,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  };
}
