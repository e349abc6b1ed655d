import { auth, type Operation } from '@atrium/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import {
  type CommandContext,
  CommittedProblem,
  command,
  type Implementation,
  problem,
} from '../../../platform/module/index.ts';
import { recordAudit } from '../audit/store.ts';
import type { Keyring } from '../keys/keyring.ts';
import { codeMailDelayMs } from '../mails/code-mail-limit.ts';
import { mailNotice } from '../mails/security.ts';
import { type AccountRow, lockAccount } from '../rows/account-store.ts';
import {
  type ChallengeRow,
  challengeAccount,
  countChallengeTry,
  deleteChallenge,
  lockChallenge,
} from '../rows/challenge-store.ts';
import { presentMe } from '../rows/present.ts';
import { handOver } from '../sessions/issue.ts';
import { openSession } from '../sessions/open.ts';
import { type ChallengeDeps, challengeHash, isMailedCode, mailChallengeCode } from '../two-factor/challenge.ts';
import { enabledMethods } from '../two-factor/methods.ts';
import { MAX_FAILURES, resendWaitMs } from '../two-factor/policy.ts';
import { redeemSecondFactor } from '../two-factor/redeem.ts';
import { countRecoveryCodes, findTwoFactor } from '../two-factor/store.ts';

interface Waiting {
  account: AccountRow;
  challenge: ChallengeRow;
}

/** The second step of signing in, after the right password. */
export function challengeOperations(deps: ChallengeDeps & { keyring: Keyring }): Implementation[] {
  return [
    command(auth.verifyOtp, async (context) => {
      const { tx, input, now } = context;
      const { account, challenge } = await waitingSignIn(tx, input.challengeId, now);
      if (challenge.tries >= MAX_FAILURES) {
        throw problem('rate_limited', { retryAfterMs: challenge.expires_at.getTime() - now.getTime() });
      }
      const method = await redeemSecondFactor(
        tx,
        deps.keyring,
        {
          accountId: account.id,
          code: input.code,
          isMailed: async (code) => isMailedCode(deps.keyring, account, challenge, { code, now }),
        },
        now,
      );
      if (method === undefined) {
        await countChallengeTry(tx, challenge.id_hash);
        await recordAudit(tx, context, { kind: 'second_factor_failed', actorId: null, targetId: account.id });
        throw new CommittedProblem('challenge_failed');
      }
      await deleteChallenge(tx, challenge.id_hash);
      if (method === 'recovery') await notifyOfRecovery(deps, context, account);
      const issued = await openSession(context, deps.keyring, account, challenge.remember, { secondFactor: method });
      return { ...handOver(issued, challenge.transport, context.cookies), user: presentMe(account) };
    }),

    command(auth.resendOtp, async (context) => {
      const { tx, input, now } = context;
      const { account, challenge } = await waitingSignIn(tx, input.challengeId, now);
      const methods = enabledMethods(await findTwoFactor(tx, account.id));
      // A caller with only an app gets no mail and no error.
      if (!methods.includes('email')) return {};
      const waitMs = resendWaitMs(challenge.code_sent_at, now) || (await codeMailDelayMs(deps, context, account.id));
      if (waitMs !== undefined) throw problem('rate_limited', { retryAfterMs: waitMs });
      await mailChallengeCode(deps, context, account, challenge);
      return {};
    }),
  ];
}

/** The pending sign-in of a challenge; locks first the account, then the challenge. Throws `challenge_failed`. */
async function waitingSignIn(tx: Transaction, challengeId: string, now: Date): Promise<Waiting> {
  const idHash = challengeHash(challengeId);
  const accountId = await challengeAccount(tx, idHash);
  const account = accountId === undefined ? undefined : await lockAccount(tx, accountId);
  const challenge = account && (await lockChallenge(tx, idHash, now));
  if (account === undefined || challenge === undefined || account.disabled_at !== null) {
    throw problem('challenge_failed');
  }
  return { account, challenge };
}

async function notifyOfRecovery(
  deps: Pick<ChallengeDeps, 'appUrl'>,
  context: Pick<CommandContext<Operation>, 'tx' | 'enqueue' | 'now' | 'request'>,
  account: AccountRow,
): Promise<void> {
  const { tx } = context;
  const left = await countRecoveryCodes(tx, account.id);
  await recordAudit(tx, context, { kind: 'recovery_code_used', actorId: account.id, targetId: account.id });
  await mailNotice(context, deps.appUrl, account, {
    title: 'A recovery code was used',
    text: `someone signed in with one of your recovery codes. ${left} of them remain.`,
  });
}
