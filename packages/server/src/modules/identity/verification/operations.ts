import { auth } from '@atrium/protocol';
import type { Limiter } from '../../../platform/limits/index.ts';
import { strangerMailDelayMs } from '../../../platform/mail/index.ts';
import {
  CommittedProblem,
  command,
  type Implementation,
  preparedCommand,
  problem,
} from '../../../platform/module/index.ts';
import { recordAudit } from '../audit/store.ts';
import type { Keyring } from '../keys/keyring.ts';
import { codeMailDelayMs } from '../mails/code-mail-limit.ts';
import { findAccount, lockAccount, markEmailVerified } from '../rows/account-store.ts';
import { presentMe } from '../rows/present.ts';
import { redeemCode } from './code.ts';
import { sendVerification } from './send.ts';

/** Operations to verify an e-mail address. */
export function verificationOperations(deps: {
  keyring: Keyring;
  limiter: Pick<Limiter, 'count'>;
  appUrl: string;
}): Implementation[] {
  return [
    command(auth.verifyEmail, async (context) => {
      const { tx, actor, input, now } = context;
      const account = await findAccount(tx, actor.userId);
      if (account === undefined) throw problem('invalid_token');
      const subject = { accountId: account.id, email: account.email, purpose: 'verify_email' } as const;
      if (!(await redeemCode(tx, deps.keyring, subject, input.otp, now))) throw new CommittedProblem('code_wrong');
      const verified = await markEmailVerified(tx, account.id, now);
      context.append(`user:${account.id}`, 'me:updated', { userId: account.id });
      await recordAudit(tx, context, { kind: 'email_verified', actorId: account.id, targetId: account.id });
      return presentMe(verified);
    }),

    preparedCommand(
      auth.resendVerification,
      async ({ db, actor, request }) => {
        const account = await findAccount(db, actor.userId);
        if (account === undefined) throw problem('invalid_token');
        if (account.email_verified_at !== null) return;
        const sender = { ip: request.ip, userId: account.id };
        const retryAfterMs =
          (await codeMailDelayMs(deps, { request }, account.id)) ??
          (await strangerMailDelayMs(deps.limiter, sender, account.email));
        if (retryAfterMs !== undefined) throw problem('rate_limited', { retryAfterMs });
      },
      async (context) => {
        const account = await lockAccount(context.tx, context.actor.userId);
        if (account === undefined) throw problem('invalid_token');
        if (account.email_verified_at === null) await sendVerification(deps, context, account);
        return {};
      },
      { lock: 'itself' },
    ),
  ];
}
