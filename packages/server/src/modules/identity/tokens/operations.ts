import { tokens } from '@atrium/protocol';
import { command, type Implementation, preparedCommand, read } from '../../../platform/operations/context.ts';
import { findAccount } from '../accounts/store.ts';
import type { PasswordHasher } from '../passwords/hasher.ts';
import { proveOneself } from '../passwords/reauthenticate.ts';
import { mailNotice } from '../two-factor/mails.ts';
import { endToken, issueToken, tokensOf } from './tokens.ts';

/** One's own API tokens. */
export function tokenOperations({ hasher, appUrl }: { hasher: PasswordHasher; appUrl: string }): Implementation[] {
  return [
    preparedCommand(
      tokens.create,
      async ({ db, actor, input, now }) => {
        await proveOneself(db, hasher, { actor, password: input.password, now });
      },
      async (context) => {
        const { actor, input, tx } = context;
        const made = await issueToken(context, actor.userId, input);
        const account = await findAccount(tx, actor.userId);
        if (account !== undefined) {
          await mailNotice(context, appUrl, account, {
            title: 'An API token was made for your account',
            words: `the API token "${input.name}" was made. Whoever has it can act for you: ${input.scopes.join(', ')}.`,
          });
        }
        return made;
      },
    ),

    read(tokens.list, async ({ db, actor, now }) => ({
      items: await tokensOf(db, actor.userId, now),
      nextCursor: null,
    })),

    command(tokens.revoke, async (context) => {
      await endToken(context, context.actor.userId, context.input.tokenId);
      return {};
    }),
  ];
}
