import { auth } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { addressKey, type Limiter } from '../../../platform/limits/index.ts';
import {
  type CommandContext,
  CommittedProblem,
  type Implementation,
  preparedCommand,
} from '../../../platform/module/index.ts';
import { recordAudit } from '../audit/store.ts';
import type { Keyring } from '../keys/keyring.ts';
import { typedAddress } from '../keys/typed-address.ts';
import { mailLink } from '../mails/link.ts';
import { mailNotice } from '../mails/security.ts';
import { createAttempts, type Verdict } from '../passwords/attempts.ts';
import type { PasswordHasher } from '../passwords/hasher.ts';
import { countWrongPassword, reopenSignIn } from '../passwords/store.ts';
import {
  type AccountRow,
  findAccount,
  findAccountByEmail,
  lockAccount,
  updatePasswordHash,
} from '../rows/account-store.ts';
import { presentMe } from '../rows/present.ts';
import { instanceSettings } from '../rows/settings-store.ts';
import { handOver } from '../sessions/issue.ts';
import { openSession } from '../sessions/open.ts';
import { sessionAddresses } from '../sessions/store.ts';
import { openChallenge } from '../two-factor/challenge.ts';

/**
 * Consecutive wrong passwords, from any address, after which password sign-in is paused until a mailed link is used.
 */
const PAUSE_AT = 100;

/** The result of the checks before the transaction. */
interface Checked {
  accountId: string | undefined;
  /** The hash that the password matches; undefined if it matches none. */
  fittingHash: string | undefined;
  /** The password hashed with current parameters, if the stored hash has older ones. */
  newHash: string | undefined;
  /** How long to wait after too many wrong passwords, in ms; until then even the right one is refused. */
  retryAfterMs: number | undefined;
  /** The IP address failed for too many accounts already. */
  pastAddressLimit: boolean;
  /** The account has no password, and its owner was not notified recently. */
  notifyOwner: boolean;
}

type Login = CommandContext<typeof auth.login, Checked>;

/** Dependencies of signing in. */
export interface SignInDeps {
  keyring: Keyring;
  hasher: PasswordHasher;
  limiter: Limiter;
  appUrl: string;
}

/**
 * `auth.login`. An unknown address, a wrong password, no password and a disabled account get the same answer in the
 * same time.
 */
export function signInOperations(deps: SignInDeps): Implementation[] {
  const attempts = createAttempts(deps.limiter);
  return [
    preparedCommand(
      auth.login,
      async ({ db, input, request }) => {
        const { checked, retryAfterMs, pastAddressLimit } = await attempts.try(input.email, request.ip, () =>
          checkPassword(db, deps.hasher, { ...input, ip: request.ip }),
        );
        const { accountId, fittingHash, newHash, isPasswordless } = checked;
        const notifyOwner = isPasswordless && (await deps.limiter.count('password_hint', input.email)) === undefined;
        return { accountId, fittingHash, newHash, retryAfterMs, pastAddressLimit, notifyOwner };
      },
      async (context) => {
        const { transport, remember } = context.input;
        const account = await admittedAccount(context);
        if (account === undefined) return refuse(context, deps);
        const challenge = await openChallenge(deps, context, account, { transport, remember });
        if (challenge !== undefined) return { challenge };
        const issued = await openSession(context, deps.keyring, account, remember);
        return { ...handOver(issued, transport, context.cookies), user: presentMe(account) };
      },
      { limit: 'itself' },
    ),
  ];
}

async function checkPassword(
  db: Executor,
  hasher: PasswordHasher,
  input: { email: string; password: string; ip: string },
): Promise<Omit<Checked, 'retryAfterMs' | 'pastAddressLimit' | 'notifyOwner'> & Verdict & { isPasswordless: boolean }> {
  const account = await findAccountByEmail(db, input.email);
  const stored = account?.password_hash ?? null;
  const fits = await hasher.verify(stored, input.password);
  // On an instance that does not reveal known addresses, an account can be used only after its mailed link was.
  const { neutralRegistration } = await instanceSettings(db);
  const isOpen = !neutralRegistration || account?.email_verified_at !== null;
  const isPasswordless = account !== undefined && stored === null && account.disabled_at === null;
  if (!fits || stored === null || !isOpen) {
    const wrong = { fits: false, opens: false, isKnownHere: async () => false };
    return { ...wrong, accountId: account?.id, fittingHash: undefined, newHash: undefined, isPasswordless };
  }
  const newHash = hasher.isOutdated(stored) ? await hasher.hash(input.password) : undefined;
  return {
    fits: true,
    opens: account !== undefined && account.disabled_at === null && account.password_paused_at === null,
    isKnownHere: async () => account !== undefined && isKnownFrom(db, account.id, input.ip),
    accountId: account?.id,
    fittingHash: stored,
    newHash,
    isPasswordless,
  };
}

async function isKnownFrom(db: Executor, accountId: string, ip: string): Promise<boolean> {
  return (await sessionAddresses(db, accountId)).some((known) => addressKey(known) === addressKey(ip));
}

/** The account if the password still matches: it may have been changed, or the account disabled, since the check. */
async function admittedAccount({ tx, prepared }: Login): Promise<AccountRow | undefined> {
  const { accountId, fittingHash, newHash, retryAfterMs } = prepared;
  if (accountId === undefined || fittingHash === undefined || retryAfterMs !== undefined) return undefined;
  const account = await lockAccount(tx, accountId);
  if (account === undefined || account.password_hash !== fittingHash || account.disabled_at !== null) return undefined;
  if (account.password_paused_at !== null) return undefined;
  if (account.failed_sign_ins > 0) await reopenSignIn(tx, accountId);
  if (newHash !== undefined) await updatePasswordHash(tx, accountId, newHash);
  return account;
}

async function refuse(context: Login, { keyring, appUrl }: Pick<SignInDeps, 'keyring' | 'appUrl'>): Promise<never> {
  const { tx, now } = context;
  const { accountId, fittingHash, retryAfterMs, pastAddressLimit, notifyOwner } = context.prepared;
  if (!pastAddressLimit) {
    await recordAudit(tx, context, {
      kind: 'sign_in_failed',
      actorId: null,
      targetId: accountId ?? null,
      details: typedAddress(keyring, context.input.email, accountId ?? null),
    });
  }
  if (accountId !== undefined && fittingHash === undefined) {
    const paused = await countWrongPassword(tx, accountId, { pauseAt: PAUSE_AT, now });
    const account = paused ? await lockAccount(tx, accountId) : undefined;
    if (account !== undefined) {
      await recordAudit(tx, context, { kind: 'password_paused', actorId: null, targetId: accountId });
      await mailLink(context, appUrl, account, { name: 'reopen_sign_in' });
    }
  }
  if (accountId !== undefined && notifyOwner) await notifyPasswordless(context, appUrl, accountId);
  if (retryAfterMs !== undefined) throw new CommittedProblem('rate_limited', { retryAfterMs });
  throw new CommittedProblem('invalid_credentials');
}

/** To a caller, an account without a password looks like any other; only a mail to its owner says how to sign in. */
async function notifyPasswordless(context: Login, appUrl: string, accountId: string): Promise<void> {
  const account = await findAccount(context.tx, accountId);
  if (account === undefined) return;
  await mailNotice(context, appUrl, account, {
    title: 'Your account has no password',
    text: 'someone tried to sign in to your account with a password, but it has none. Sign in as before, or set a password.',
  });
}
