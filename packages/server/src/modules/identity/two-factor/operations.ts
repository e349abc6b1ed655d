import { auth, type Operation } from '@atrium/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import type { Limiter } from '../../../platform/limits/index.ts';
import {
  type CommandContext,
  CommittedProblem,
  command,
  type Implementation,
  preparedCommand,
  problem,
  read,
} from '../../../platform/module/index.ts';
import { recordAudit } from '../audit/store.ts';
import type { Keyring } from '../keys/keyring.ts';
import { codeMailDelayMs } from '../mails/code-mail-limit.ts';
import { mailNotice, mailTwoFactorCode } from '../mails/security.ts';
import type { PasswordHasher } from '../passwords/hasher.ts';
import { lockOwnAccount, reauthenticate } from '../passwords/reauthenticate.ts';
import type { AccountRow } from '../rows/account-store.ts';
import { deleteChallenges } from '../rows/challenge-store.ts';
import { type CodeSubject, codeMinutes, issueCode, redeemCode } from '../verification/code.ts';
import { enabledMethods } from './methods.ts';
import { PENDING_MS } from './policy.ts';
import { newRecoveryCodes, recoveryHash } from './recovery.ts';
import { redeemSecondFactor, totpContext } from './redeem.ts';
import { countRecoveryCodes, deleteTwoFactor, findTwoFactor, replaceRecoveryCodes, saveTwoFactor } from './store.ts';
import { newTotpSecret, totpStep, totpUri } from './totp.ts';

export interface TwoFactorDeps {
  keyring: Keyring;
  hasher: PasswordHasher;
  limiter: Pick<Limiter, 'count'>;
  appUrl: string;
}

type Context = CommandContext<Operation>;
type MailContext = Pick<Context, 'tx' | 'enqueue' | 'now' | 'request'>;

/** Operations to enable and disable second factors. */
export function twoFactorOperations(deps: TwoFactorDeps): Implementation[] {
  const { hasher, keyring } = deps;
  return [
    read(auth.twoFactor, async ({ db, actor }) => ({
      methods: enabledMethods(await findTwoFactor(db, actor.userId)),
      recoveryCodes: await countRecoveryCodes(db, actor.userId),
    })),

    preparedCommand(
      auth.enableTwoFactor,
      ({ db, actor, input, now }) => reauthenticate(db, hasher, { actor, password: input.password, now }),
      async (context) => {
        const { tx, input, now } = context;
        const account = await lockOwnAccount(context, context.prepared);
        // Otherwise a person could sign up with another's address, and shut out the owner even from a new password.
        if (account.email_verified_at === null) throw problem('unverified_email');
        const { method } = input;
        if (enabledMethods(await findTwoFactor(tx, account.id)).includes(method)) {
          throw problem('conflict', 'It is turned on already');
        }
        if (method === 'email') {
          await mailCode(deps, context, account, 'enable_two_factor');
          return { method };
        }
        const secret = newTotpSecret();
        await saveTwoFactor(tx, account.id, {
          pending_sealed: keyring.seal(totpContext(account.id), Buffer.from(secret)),
          pending_until: new Date(now.getTime() + PENDING_MS),
        });
        return { method, secret, uri: totpUri(secret, account.email) };
      },
      { lock: 'itself' },
    ),

    command(
      auth.confirmTwoFactor,
      async (context) => {
        const { tx, input, now } = context;
        const account = await lockOwnAccount(context);
        const before = enabledMethods(await findTwoFactor(tx, account.id));
        const confirmed =
          input.method === 'totp'
            ? await confirmTotp(tx, keyring, account, { code: input.code, now })
            : await confirmEmail(tx, keyring, account, { code: input.code, now });
        if (!confirmed) throw new CommittedProblem('code_wrong');
        const details = { method: input.method };
        await recordAudit(tx, context, {
          kind: 'two_factor_enabled',
          actorId: account.id,
          targetId: account.id,
          details,
        });
        await mailNotice(context, deps.appUrl, account, {
          title: 'Two-factor authentication was enabled',
          text: `signing in now also requires a code from ${input.method === 'totp' ? 'your authenticator app' : 'an email'}.`,
        });
        return before.length > 0 ? {} : { recoveryCodes: await giveRecoveryCodes(tx, account.id) };
      },
      { lock: 'itself' },
    ),

    command(
      auth.sendTwoFactorCode,
      async (context) => {
        const account = await lockOwnAccount(context);
        const methods = enabledMethods(await findTwoFactor(context.tx, account.id));
        if (!methods.includes('email')) throw problem('conflict', 'Mailed codes are not turned on');
        await mailCode(deps, context, account, 'change_two_factor');
        return {};
      },
      { lock: 'itself' },
    ),

    command(
      auth.renewRecoveryCodes,
      async (context) => {
        const { tx, input } = context;
        const account = await lockOwnAccount(context);
        await demandSecondFactor(deps, context, account, input.code);
        await recordAudit(tx, context, { kind: 'recovery_codes_renewed', actorId: account.id, targetId: account.id });
        return { recoveryCodes: await giveRecoveryCodes(tx, account.id) };
      },
      { lock: 'itself' },
    ),

    preparedCommand(
      auth.disableTwoFactor,
      ({ db, actor, input, now }) => reauthenticate(db, hasher, { actor, password: input.password, now }, true),
      async (context) => {
        const { tx, input, prepared } = context;
        const account = await lockOwnAccount(context, prepared);
        await demandSecondFactor(deps, context, account, input.code);
        await deleteTwoFactor(tx, account.id);
        await deleteChallenges(tx, account.id);
        await recordAudit(tx, context, { kind: 'two_factor_disabled', actorId: account.id, targetId: account.id });
        await mailNotice(context, deps.appUrl, account, {
          title: 'Two-factor authentication was disabled',
          text: 'signing in now requires only your password.',
        });
        return {};
      },
      { lock: 'itself' },
    ),
  ];
}

type MailedPurpose = Exclude<CodeSubject['purpose'], 'verify_email'>;

function subjectOf(account: AccountRow, purpose: MailedPurpose): CodeSubject {
  return { accountId: account.id, email: account.email, purpose };
}

async function mailCode(deps: TwoFactorDeps, context: MailContext, account: AccountRow, purpose: MailedPurpose) {
  const retryAfterMs = await codeMailDelayMs(deps, context, account.id);
  if (retryAfterMs !== undefined) throw problem('rate_limited', { retryAfterMs });
  const code = await issueCode(context.tx, deps.keyring, subjectOf(account, purpose), context.now);
  const occasion = 'changing your second factor';
  await mailTwoFactorCode(context, deps.appUrl, account, { code, occasion, minutes: codeMinutes[purpose] });
}

async function confirmTotp(
  tx: Transaction,
  keys: Keyring,
  account: AccountRow,
  typed: { code: string; now: Date },
): Promise<boolean> {
  const factors = await findTwoFactor(tx, account.id);
  if (!factors?.pending_sealed || !factors.pending_until || factors.pending_until <= typed.now) return false;
  const secret = keys.unseal(totpContext(account.id), factors.pending_sealed).toString();
  const step = totpStep(secret, typed.code, typed.now, 0);
  if (step === undefined) return false;
  await saveTwoFactor(tx, account.id, {
    totp_sealed: factors.pending_sealed,
    totp_enabled_at: typed.now,
    totp_last_step: step,
    pending_sealed: null,
    pending_until: null,
  });
  return true;
}

async function confirmEmail(
  tx: Transaction,
  keys: Keyring,
  account: AccountRow,
  typed: { code: string; now: Date },
): Promise<boolean> {
  const subject = subjectOf(account, 'enable_two_factor');
  if (!(await redeemCode(tx, keys, subject, typed.code, typed.now))) return false;
  await saveTwoFactor(tx, account.id, { email_enabled_at: typed.now });
  return true;
}

/** Throws `conflict`, `code_wrong`, `rate_limited`. */
async function demandSecondFactor(
  deps: TwoFactorDeps,
  context: Pick<Context, 'tx' | 'now' | 'request'>,
  account: AccountRow,
  code: string,
): Promise<void> {
  const { tx, now } = context;
  if (enabledMethods(await findTwoFactor(tx, account.id)).length === 0) {
    throw problem('conflict', 'No second factor is turned on');
  }
  const isMailed = (typed: string) => redeemCode(tx, deps.keyring, subjectOf(account, 'change_two_factor'), typed, now);
  const method = await redeemSecondFactor(tx, deps.keyring, { accountId: account.id, code, isMailed }, now);
  if (method !== undefined) return;
  await recordAudit(tx, context, { kind: 'second_factor_failed', actorId: account.id, targetId: account.id });
  throw new CommittedProblem('code_wrong');
}

async function giveRecoveryCodes(tx: Transaction, accountId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  const hashes = codes.flatMap((code) => recoveryHash(accountId, code) ?? []);
  await replaceRecoveryCodes(tx, accountId, hashes);
  return codes;
}
