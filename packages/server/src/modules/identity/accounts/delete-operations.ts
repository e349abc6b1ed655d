import { users } from '@atrium/protocol';
import { mailTemplate, queueMail } from '../../../platform/mail/index.ts';
import { type Implementation, preparedCommand, problem } from '../../../platform/module/index.ts';
import { recordAudit } from '../audit/store.ts';
import type { PasswordHasher } from '../passwords/hasher.ts';
import { lockOwnAccount, reauthenticate } from '../passwords/reauthenticate.ts';
import { erase, shownWhenDeleted } from './erase.ts';
import { lockAdmins } from './erase-store.ts';

export interface DeleteDeps {
  hasher: PasswordHasher;
  appUrl: string;
}

/** `users.delete`: one's own account goes; what it wrote stays, under a name that says nothing. */
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
        // None was needed: somebody may have set one meanwhile.
        if (account.password_hash !== fittingHash) throw problem('password_wrong');
        const { id, name, email } = account;
        const shown = shownWhenDeleted({ id, isBot: false });
        await context.tell('account:deleting', { shown });
        await erase(context, shown);
        await recordAudit(tx, context, { kind: 'account_deleted', actorId: id, targetId: id });
        const title = 'Your account was deleted';
        const paragraphs = [
          `Hello ${name}, your account was deleted at your request. Messages you sent to others remain, under the name "${shown.name}".`,
          'If this was not you, contact the administrators of this Atrium.',
        ];
        const body = mailTemplate({ appUrl, title, paragraphs });
        await queueMail(context, { to: { name, address: email }, subject: title, ...body });
        context.cookies.clear();
        return {};
      },
    ),
  ];
}
