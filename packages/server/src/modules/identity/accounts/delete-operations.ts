import { users } from '@atrium/protocol';
import { type Implementation, preparedCommand, problem } from '../../../platform/module/index.ts';
import type { PasswordHasher } from '../passwords/hasher.ts';
import { lockOwnAccount, reauthenticate } from '../passwords/reauthenticate.ts';
import { deleteAccount } from './delete-account.ts';
import { lockAdmins } from './erase-store.ts';

export interface DeleteDeps {
  hasher: PasswordHasher;
  appUrl: string;
}

/** `users.delete`: deletes the caller's account; what they wrote stays, under a name that does not identify them. */
export function deleteOperations({ hasher, appUrl }: DeleteDeps): Implementation[] {
  return [
    preparedCommand(
      users.delete,
      ({ db, actor, input, now }) => reauthenticate(db, hasher, { actor, password: input.password, now }, true),
      async (context) => {
        const { tx, actor, prepared: fittingHash } = context;
        await context.tell('account:beforeDelete', { userId: actor.userId });
        if (actor.role === 'admin' && (await lockAdmins(tx)).every((id) => id === actor.userId)) {
          throw problem('conflict', 'You are the only administrator of this instance.');
        }
        const account = await lockOwnAccount(context, fittingHash);
        // No password was required before: one may have been set in the meantime.
        if (account.password_hash !== fittingHash) throw problem('password_wrong');
        await deleteAccount(context, account, {
          actorId: actor.userId,
          appUrl,
          reason: 'your account was deleted at your request.',
          advice: ['If this was not you, contact the administrators of this Atrium.'],
        });
        context.cookies.clear();
        return {};
      },
      { lock: 'itself', caller: 'itself' },
    ),
  ];
}
