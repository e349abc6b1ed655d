import { type AdminUser, adminUsers, type Operation } from '@atrium/protocol';
import {
  type CommandContext,
  command,
  cutPage,
  type Implementation,
  idPage,
  problem,
  read,
} from '../../../platform/module/index.ts';
import { deleteAccount } from '../accounts/delete-account.ts';
import { lockAdmins } from '../accounts/erase-store.ts';
import { changeProfile } from '../accounts/profile-operations.ts';
import { recordAudit } from '../audit/store.ts';
import { mailNotice } from '../mails/security.ts';
import { type AccountRow, lockAccount } from '../rows/account-store.ts';
import { adminStream } from '../rows/admin-stream.ts';
import { deleteChallenges } from '../rows/challenge-store.ts';
import { deleteTokens, listTokens } from '../rows/token-store.ts';
import { announceRevoked, endAllSessions } from '../sessions/revoke.ts';
import { deleteTwoFactor } from '../two-factor/store.ts';
import { presentAdminUser } from './present.ts';
import { countAdmins, findAdminUser, listAdminUsers, setDisabled, setRole } from './user-store.ts';

type Context = CommandContext<Operation> & { actor: { userId: string } };
type Deed = keyof AdminUser['can'];

const REFUSALS: Readonly<Record<Deed, string>> = {
  changeRole: 'The last administrator of the instance remains one, and bots are never administrators.',
  disable: 'You cannot disable your own account.',
  signOut: 'Sign yourself out in your own settings; bots have no sessions.',
  resetSecondFactor: 'This account has no second factor, or it is your own: use your own settings.',
  removePicture: 'This account has no picture, or it is your own: use your own settings.',
  delete: 'Delete your own account in your own settings, and a bot in its workspace.',
};

/** Throws `conflict` with the reason if this may not be done with the account. */
function demand({ can }: AdminUser, deed: Deed): void {
  if (!can[deed]) throw problem('conflict', REFUSALS[deed]);
}

/** The account in its state behind the locks, if the caller is still an administrator. */
async function lockUser({ tx, actor }: Context, userId: string): Promise<{ account: AccountRow; user: AdminUser }> {
  const admins = await lockAdmins(tx);
  if (!admins.includes(actor.userId)) throw problem('forbidden');
  const account = await lockAccount(tx, userId);
  const row = account && (await findAdminUser(tx, userId));
  if (!account || !row) throw problem('not_found');
  return { account, user: presentAdminUser(row, { viewerId: actor.userId, admins: admins.length }) };
}

async function disable(context: Context, userId: string): Promise<void> {
  const { tx, now } = context;
  await setDisabled(tx, userId, now);
  await endAllSessions(context, userId, 'revoked');
  // Tokens are kept for when the account is enabled again; their connections end.
  announceRevoked(
    context,
    userId,
    (await listTokens(tx, userId, now)).map(({ id }) => id),
  );
}

/** Operations of administrators on other accounts. */
export function adminUserOperations({ appUrl }: { appUrl: string }): Implementation[] {
  return [
    read(adminUsers.list, async ({ db, actor, input }) => {
      const page = idPage(input);
      const cut = cutPage(await listAdminUsers(db, input, page), page, ({ id }) => id);
      const admins = await countAdmins(db);
      const items = cut.rows.map((row) => presentAdminUser(row, { viewerId: actor.userId, admins }));
      return { items, nextCursor: cut.nextCursor };
    }),

    read(adminUsers.get, async ({ db, actor, input }) => {
      const row = await findAdminUser(db, input.userId);
      if (!row) throw problem('not_found');
      return presentAdminUser(row, { viewerId: actor.userId, admins: await countAdmins(db) });
    }),

    command(
      adminUsers.update,
      async (context) => {
        const { tx, actor, input } = context;
        const { userId, role, disabled } = input;
        const { user } = await lockUser(context, userId);
        const entry = { actorId: actor.userId, targetId: userId };
        if (role !== undefined && role !== user.role) {
          demand(user, 'changeRole');
          await setRole(tx, userId, role);
          const streams = [adminStream];
          const effect = role === 'admin' ? { follow: streams } : { unfollow: streams };
          context.append(`user:${userId}`, 'me:updated', { userId }, effect);
          await recordAudit(tx, context, { kind: 'role_changed', ...entry, details: { from: user.role, to: role } });
        }
        if (disabled !== undefined && disabled !== (user.disabledAt !== null)) {
          demand(user, 'disable');
          if (disabled) await disable(context, userId);
          else await setDisabled(tx, userId, null);
          await recordAudit(tx, context, { kind: disabled ? 'account_disabled' : 'account_enabled', ...entry });
        }
        const row = await findAdminUser(tx, userId);
        if (!row) throw problem('not_found');
        return presentAdminUser(row, { viewerId: actor.userId, admins: await countAdmins(tx) });
      },
      { lock: 'itself' },
    ),

    command(
      adminUsers.signOut,
      async (context) => {
        const { tx, actor, input } = context;
        const { user } = await lockUser(context, input.userId);
        demand(user, 'signOut');
        const tokens = input.revokeTokens ? await deleteTokens(tx, input.userId) : [];
        await endAllSessions(context, input.userId, 'revoked', tokens);
        await recordAudit(tx, context, { kind: 'sign_out_all', actorId: actor.userId, targetId: input.userId });
        return {};
      },
      { lock: 'itself' },
    ),

    command(
      adminUsers.resetSecondFactor,
      async (context) => {
        const { tx, actor, input } = context;
        const { account, user } = await lockUser(context, input.userId);
        demand(user, 'resetSecondFactor');
        await deleteTwoFactor(tx, account.id);
        await deleteChallenges(tx, account.id);
        await recordAudit(tx, context, { kind: 'two_factor_disabled', actorId: actor.userId, targetId: account.id });
        await mailNotice(context, appUrl, account, {
          title: 'Two-factor authentication was disabled',
          text: 'an administrator turned it off. Signing in now requires only your password.',
        });
        return {};
      },
      { lock: 'itself' },
    ),

    command(
      adminUsers.removePicture,
      async (context) => {
        const { tx, actor, input } = context;
        const wanted = { avatar: null };
        // What the change concerns is locked before the accounts.
        await context.tell('account:beforeUpdate', { userId: input.userId, wanted });
        const { user } = await lockUser(context, input.userId);
        demand(user, 'removePicture');
        await changeProfile(context, input.userId, wanted);
        await recordAudit(tx, context, { kind: 'picture_removed', actorId: actor.userId, targetId: input.userId });
        return {};
      },
      { lock: 'itself' },
    ),

    command(
      adminUsers.delete,
      async (context) => {
        const { actor, input } = context;
        await context.tell('account:beforeDelete', { userId: input.userId });
        const { account, user } = await lockUser(context, input.userId);
        demand(user, 'delete');
        await deleteAccount(context, account, {
          actorId: actor.userId,
          appUrl,
          reason: 'an administrator deleted your account.',
        });
        return {};
      },
      { lock: 'itself' },
    ),
  ];
}
