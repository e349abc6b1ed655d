import { randomUUID } from 'node:crypto';
import { auth } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import type { Limiter } from '../../../platform/limits/index.ts';
import { strangerMailDelayMs } from '../../../platform/mail/index.ts';
import { command, type Implementation, preparedCommand, problem } from '../../../platform/module/index.ts';
import { recordAudit } from '../audit/store.ts';
import type { Keyring } from '../keys/keyring.ts';
import { typedAddress } from '../keys/typed-address.ts';
import { linkHash } from '../mails/link.ts';
import { deleteLinks, type LinkPurpose, linkAccount, takeLink } from '../mails/link-store.ts';
import { mailNotice } from '../mails/security.ts';
import { findAccount, findAccountByEmail, isUnclaimed, lockAccount, updateAccount } from '../rows/account-store.ts';
import { deleteChallenges } from '../rows/challenge-store.ts';
import { regionalSettings } from '../rows/regional-settings.ts';
import { deleteTokens, listTokens } from '../rows/token-store.ts';
import { announceRevoked, endAllSessions } from '../sessions/revoke.ts';
import { revokeSessions } from '../sessions/store.ts';
import type { PasswordHasher } from './hasher.ts';
import { lockOwnAccount, reauthenticate } from './reauthenticate.ts';
import { refuseWeakPassword } from './refuse.ts';
import { mailResetLink } from './reset-mail.ts';
import { reopenSignIn, setPassword } from './store.ts';

export interface PasswordDeps {
  keyring: Pick<Keyring, 'codeHash'>;
  hasher: PasswordHasher;
  limiter: Pick<Limiter, 'count'>;
  appUrl: string;
}

/** Operations to change and reset passwords. */
export function passwordOperations({ keyring, hasher, limiter, appUrl }: PasswordDeps): Implementation[] {
  return [
    preparedCommand(
      auth.forgotPassword,
      async ({ db, input, request }) => {
        const account = await findAccountByEmail(db, input.email);
        const delayMs = await limiter.count('forgot_account', input.email);
        const strangerDelayMs = await strangerMailDelayMs(limiter, request, input.email);
        // A verified address always gets the link, however many mails strangers have requested for it.
        const isStranger = account?.email_verified_at === null;
        const tooMany = delayMs !== undefined || (isStranger && strangerDelayMs !== undefined);
        return { accountId: account?.id ?? null, tooMany };
      },
      async (context) => {
        const { accountId, tooMany } = context.prepared;
        await recordAudit(context.tx, context, {
          kind: 'password_reset_asked',
          actorId: null,
          targetId: accountId,
          details: typedAddress(keyring, context.input.email, accountId),
        });
        // The same work with and without an account: without one, the job finds nobody.
        const wanted = tooMany || accountId === null ? randomUUID() : accountId;
        context.enqueue(mailResetLink, { accountId: wanted });
        return {};
      },
    ),

    preparedCommand(
      auth.resetPassword,
      async ({ db, input, now }) => {
        const accountId = await ownerOf(db, input.token, 'reset_password', now);
        const account = await findAccount(db, accountId);
        if (account === undefined) throw problem('link_wrong');
        refuseWeakPassword(input.password, ownerNames(account));
        return { accountId, hash: await hasher.hash(input.password) };
      },
      async (context) => {
        const { tx, input, now, prepared } = context;
        const account = await lockAccount(tx, prepared.accountId);
        const link = { tokenHash: linkHash(input.token), purpose: 'reset_password', now } as const;
        if (account === undefined || !(await takeLink(tx, link)) || account.disabled_at !== null) {
          throw problem('link_wrong');
        }
        const { id } = account;
        const isNewlyVerified = account.email_verified_at === null;
        await setPassword(tx, id, { hash: prepared.hash, ...(isNewlyVerified ? { verifiedAt: now } : {}) });
        // Whoever made the account for its owner knew neither.
        if (isUnclaimed(account)) {
          await updateAccount(tx, id, regionalSettings(input, account.timezone));
        }
        if (isNewlyVerified) context.append(`user:${id}`, 'me:updated', { userId: id });
        await deleteLinks(tx, id);
        await deleteChallenges(tx, id);
        // A person who knew the old password may have created tokens with it.
        await endAllSessions(context, id, 'password_changed', await deleteTokens(tx, id));
        await recordAudit(tx, context, { kind: 'password_reset', actorId: null, targetId: id });
        await mailNotice(context, appUrl, account, {
          title: 'Your password was changed',
          text: 'your password was reset through an emailed link, all your devices were signed out, and your API tokens were revoked.',
        });
        return {};
      },
    ),

    preparedCommand(
      auth.changePassword,
      async ({ db, actor, input, now }) => {
        const claim = { actor, password: input.current, now };
        const fittingHash = await reauthenticate(db, hasher, claim, true);
        const account = await findAccount(db, actor.userId);
        if (account === undefined) throw problem('invalid_token');
        refuseWeakPassword(input.password, ownerNames(account));
        return { fittingHash, hash: await hasher.hash(input.password) };
      },
      async (context) => {
        const { tx, actor, input, now, prepared } = context;
        const account = await lockOwnAccount(context, prepared.fittingHash);
        // No password was required before: one may have been set in the meantime.
        if (account.password_hash !== prepared.fittingHash) throw problem('password_wrong');
        const { id } = account;
        await setPassword(tx, id, { hash: prepared.hash });
        await deleteLinks(tx, id);
        await deleteChallenges(tx, id);
        const others = { accountId: id, except: actor.sessionId };
        const sessions = await revokeSessions(tx, others, 'password_changed', now);
        const tokens = input.revokeTokens ? await deleteTokens(tx, id) : [];
        announceRevoked(context, id, [...sessions, ...tokens]);
        await recordAudit(tx, context, { kind: 'password_changed', actorId: id, targetId: id });
        await mailNotice(context, appUrl, account, {
          title: 'Your password was changed',
          text: changedText({ revoked: tokens.length, left: (await listTokens(tx, id, now)).length }),
        });
        return {};
      },
      { lock: 'itself' },
    ),

    command(auth.reopenSignIn, async (context) => {
      const { tx, input, now } = context;
      const accountId = await ownerOf(tx, input.token, 'reopen_sign_in', now);
      await lockAccount(tx, accountId);
      const link = { tokenHash: linkHash(input.token), purpose: 'reopen_sign_in', now } as const;
      if (!(await takeLink(tx, link))) throw problem('link_wrong');
      await reopenSignIn(tx, accountId);
      await recordAudit(tx, context, { kind: 'password_reopened', actorId: null, targetId: accountId });
      return {};
    }),
  ];
}

/** The text of the mail. People also change a password to shut others out, so it says what still gives access. */
function changedText({ revoked, left }: { revoked: number; left: number }): string {
  const changed = 'your password was changed, and your other devices were signed out.';
  if (revoked > 0) return `${changed} Your API tokens were revoked.`;
  if (left === 0) return changed;
  const tokens = left === 1 ? 'Your API token still works' : `Your ${left} API tokens still work`;
  return `${changed} ${tokens}. You can revoke API tokens in your settings.`;
}

/** Throws `link_wrong`. */
async function ownerOf(db: Executor, token: string, purpose: LinkPurpose, now: Date): Promise<string> {
  const accountId = await linkAccount(db, { tokenHash: linkHash(token), purpose, now });
  if (accountId === undefined) throw problem('link_wrong');
  return accountId;
}

function ownerNames(account: { email: string; name: string; username: string | null }) {
  return { email: account.email, name: account.name, username: account.username ?? undefined };
}
