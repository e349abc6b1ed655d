import { auth } from '@atrium/protocol';
import { v7 as uuidv7 } from 'uuid';
import type { Executor } from '../../../platform/database/index.ts';
import { type CommandContext, type Implementation, preparedCommand } from '../../../platform/operations/context.ts';
import { CommittedProblem } from '../../../platform/operations/problem-error.ts';
import { presentMe } from '../accounts/present.ts';
import { type AccountRow, findAccountByEmail, lockAccount, updatePasswordHash } from '../accounts/store.ts';
import { recordAudit } from '../audit/store.ts';
import type { Keyring } from '../keys/keyring.ts';
import type { PasswordHasher } from '../passwords/hasher.ts';
import { clientOf } from './client.ts';
import { handOver, type IssuedTokens, issueTokens } from './issue.ts';
import { MAX_SESSIONS, sessionExpiry } from './policy.ts';
import { newRefreshToken } from './refresh-token.ts';
import { announceRevoked } from './revoke.ts';
import { deleteEndedSessions, insertSession, revokeBeyond } from './store.ts';

/** Ended sessions are kept this long, so that a late use of their tokens is still known for what it is. */
const KEEP_ENDED_MS = 30 * 24 * 60 * 60 * 1000;

/** What was found out before the transaction. */
interface Checked {
  accountId: string | undefined;
  /** The hash that the password fits; undefined: it fits none. */
  fittingHash: string | undefined;
  /** The same password under today's parameters, where the stored hash has older ones. */
  newHash: string | undefined;
}

type Login = CommandContext<typeof auth.login, Checked>;

/** `auth.login`. Unknown address, wrong password, no password and a disabled account all get one answer in one time. */
export function signInOperations(deps: { keyring: Keyring; hasher: PasswordHasher }): Implementation[] {
  return [
    preparedCommand(
      auth.login,
      ({ db, input }) => checkPassword(db, deps.hasher, input),
      async (context) => {
        const account = await admittedAccount(context);
        if (account === undefined) return refuse(context);
        const issued = await openSession(context, deps.keyring, account);
        return { ...handOver(issued, context.input.transport, context.cookies), user: presentMe(account) };
      },
    ),
  ];
}

async function checkPassword(
  db: Executor,
  hasher: PasswordHasher,
  input: { email: string; password: string },
): Promise<Checked> {
  const account = await findAccountByEmail(db, input.email);
  const stored = account?.password_hash ?? null;
  const fits = await hasher.verify(stored, input.password);
  if (!fits || stored === null) return { accountId: account?.id, fittingHash: undefined, newHash: undefined };
  const newHash = hasher.isOutdated(stored) ? await hasher.hash(input.password) : undefined;
  return { accountId: account?.id, fittingHash: stored, newHash };
}

/** The account if the password still fits: it may have been changed, or the account disabled, since it was checked. */
async function admittedAccount({ tx, prepared }: Login): Promise<AccountRow | undefined> {
  const { accountId, fittingHash, newHash } = prepared;
  if (accountId === undefined || fittingHash === undefined) return undefined;
  const account = await lockAccount(tx, accountId);
  if (account === undefined || account.password_hash !== fittingHash || account.disabled_at !== null) return undefined;
  if (newHash !== undefined) await updatePasswordHash(tx, accountId, newHash);
  return account;
}

async function refuse(context: Login): Promise<never> {
  const targetId = context.prepared.accountId ?? null;
  await recordAudit(context.tx, context, {
    kind: 'sign_in_failed',
    actorId: null,
    targetId,
    details: { email: context.input.email },
  });
  throw new CommittedProblem('invalid_credentials');
}

async function openSession(context: Login, keyring: Keyring, account: AccountRow): Promise<IssuedTokens> {
  const { tx, now, input } = context;
  const sessionId = uuidv7();
  const token = newRefreshToken();
  const expiresAt = sessionExpiry({ remember: input.remember, createdAt: now }, now);
  await deleteEndedSessions(tx, account.id, new Date(now.getTime() - KEEP_ENDED_MS));
  announceRevoked(context, account.id, await revokeBeyond(tx, account.id, MAX_SESSIONS - 1, now));
  await insertSession(tx, {
    id: sessionId,
    account_id: account.id,
    family_hash: token.familyHash,
    token_hash: token.hash,
    remember: input.remember,
    ...clientOf(context.request),
    created_at: now,
    last_used_at: now,
    expires_at: expiresAt,
  });
  await recordAudit(tx, context, { kind: 'sign_in', actorId: account.id, targetId: sessionId });
  const session = { userId: account.id, sessionId, tokenVersion: account.token_version };
  return issueTokens(keyring, { ...session, refreshToken: token.value, expiresAt }, now);
}
