import { tokens } from '@atrium/protocol';
import { command, type Implementation, preparedCommand, read } from '../../../platform/module/index.ts';
import { mailNotice } from '../mails/security.ts';
import type { PasswordHasher } from '../passwords/hasher.ts';
import { lockOwnAccount, reauthenticate } from '../passwords/reauthenticate.ts';
import { endToken, issueToken, tokensOf } from './tokens.ts';

/** Operations on the caller's API tokens. */
export function tokenOperations({ hasher, appUrl }: { hasher: PasswordHasher; appUrl: string }): Implementation[] {
  return [
    preparedCommand(
      tokens.create,
      ({ db, actor, input, now }) => reauthenticate(db, hasher, { actor, password: input.password, now }),
      async (context) => {
        const { input, prepared } = context;
        const account = await lockOwnAccount(context, prepared);
        const made = await issueToken(context, account.id, input);
        await mailNotice(context, appUrl, account, {
          title: 'An API token was created for your account',
          text: `the API token "${input.name}" was created. Anyone who has it can act on your behalf: ${input.scopes.join(', ')}.`,
        });
        return made;
      },
      { lock: 'itself' },
    ),

    read(tokens.list, async ({ db, actor, now }) => ({
      items: await tokensOf(db, actor.userId, now),
      nextCursor: null,
    })),

    command(
      tokens.revoke,
      async (context) => {
        await endToken(context, context.actor.userId, context.input.tokenId);
        return {};
      },
      { lock: 'change' },
    ),
  ];
}
