import { createHash, randomBytes } from 'node:crypto';
import type { Challenge, Operation } from '@atrium/protocol';
import type { Limiter } from '../../../platform/limits/index.ts';
import type { CommandContext } from '../../../platform/module/index.ts';
import type { Keyring } from '../keys/keyring.ts';
import { codeMailDelayMs } from '../mails/code-mail-limit.ts';
import { mailTwoFactorCode } from '../mails/security.ts';
import type { AccountRow } from '../rows/account-store.ts';
import { type ChallengeRow, insertChallenge, setChallengeCode } from '../rows/challenge-store.ts';
import { randomCode } from '../verification/code.ts';
import { enabledMethods } from './methods.ts';
import { CHALLENGE_MS, CODE_MS } from './policy.ts';
import { countRecoveryCodes, findTwoFactor } from './store.ts';

const ID_BYTES = 32;

/** Dependencies of requiring a second factor. */
export interface ChallengeDeps {
  keyring: Pick<Keyring, 'codeHash'>;
  limiter: Pick<Limiter, 'count'>;
  appUrl: string;
}

type ChallengeContext = Pick<CommandContext<Operation>, 'tx' | 'enqueue' | 'now' | 'request'>;

/** The hash that the database stores for a challenge: its id is worth as much as the password. */
export function challengeHash(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}

/**
 * Requires a second factor after a right password; undefined if the account has none. A code is mailed immediately if
 * there is no better method. The account is locked.
 */
export async function openChallenge(
  deps: ChallengeDeps,
  context: ChallengeContext,
  account: AccountRow,
  wanted: { transport: 'token' | 'cookie'; remember: boolean },
): Promise<Challenge | undefined> {
  const { tx, now } = context;
  const methods = enabledMethods(await findTwoFactor(tx, account.id));
  if (methods.length === 0) return undefined;
  const id = randomBytes(ID_BYTES).toString('base64url');
  const challenge: ChallengeRow = {
    id_hash: challengeHash(id),
    account_id: account.id,
    ...wanted,
    tries: 0,
    code_hash: null,
    code_sent_at: null,
    created_at: now,
    expires_at: new Date(now.getTime() + CHALLENGE_MS),
  };
  await insertChallenge(tx, challenge);
  // Above the limit, recovery codes can still be used.
  if (!methods.includes('totp') && (await codeMailDelayMs(deps, context, account.id)) === undefined) {
    await mailChallengeCode(deps, context, account, challenge);
  }
  const recovery = (await countRecoveryCodes(tx, account.id)) > 0 ? (['recovery'] as const) : [];
  return { id, methods: [...methods, ...recovery], expiresAt: challenge.expires_at.toISOString() };
}

/** Mails a code for a sign-in; the older one stops working. */
export async function mailChallengeCode(
  deps: Pick<ChallengeDeps, 'keyring' | 'appUrl'>,
  context: ChallengeContext,
  account: AccountRow,
  challenge: ChallengeRow,
): Promise<void> {
  const code = randomCode();
  await setChallengeCode(context.tx, challenge.id_hash, {
    codeHash: deps.keyring.codeHash(contextOf(account, challenge), code),
    now: context.now,
  });
  await mailTwoFactorCode(context, deps.appUrl, account, { code, occasion: 'signing in', minutes: CODE_MS / 60_000 });
}

/** True for the last code that was mailed for this sign-in, while it is valid. */
export function isMailedCode(
  keys: Pick<Keyring, 'isCode'>,
  account: AccountRow,
  challenge: ChallengeRow,
  typed: { code: string; now: Date },
): boolean {
  const { code_hash, code_sent_at } = challenge;
  if (code_hash === null || code_sent_at === null) return false;
  if (typed.now.getTime() >= code_sent_at.getTime() + CODE_MS) return false;
  return keys.isCode(contextOf(account, challenge), typed.code, code_hash);
}

function contextOf(account: AccountRow, challenge: ChallengeRow): string[] {
  return ['sign_in', account.id, account.email, challenge.id_hash.toString('hex')];
}
