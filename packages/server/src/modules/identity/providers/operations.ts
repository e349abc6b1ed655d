import { auth, type ProviderId } from '@atrium/protocol';
import { command, type Implementation, problem, read } from '../../../platform/module/index.ts';
import { recordAudit } from '../audit/store.ts';
import type { Keyring } from '../keys/keyring.ts';
import { mailNotice } from '../mails/security.ts';
import type { PasswordHasher } from '../passwords/hasher.ts';
import { reauthenticate } from '../passwords/reauthenticate.ts';
import { findAccount, lockAccount } from '../rows/account-store.ts';
import { sealLinkTicket } from './attempt.ts';
import { mayUnlink } from './policy.ts';
import { presentIdentity, presentProvider } from './present.ts';
import type { Provider } from './provider.ts';
import { deleteIdentity, listIdentities } from './store.ts';

export interface ProviderOperationDeps {
  providers: ReadonlyMap<ProviderId, Provider>;
  keyring: Keyring;
  hasher: PasswordHasher;
  appUrl: string;
}

/** Operations that list the providers, and the caller's linked accounts. */
export function providerOperations({ providers, keyring, hasher, appUrl }: ProviderOperationDeps): Implementation[] {
  return [
    read(auth.providers, () => ({ items: [...providers.values()].map(presentProvider), nextCursor: null })),

    read(auth.identities, async ({ db, actor }) => ({
      items: (await listIdentities(db, actor.userId)).map((row) => presentIdentity(row, providers.values())),
      nextCursor: null,
    })),

    read(auth.linkIdentity, async ({ db, actor, input, now }) => {
      // Otherwise a person could sign up with another's address, link an account of their own, and wait for the owner.
      const account = await findAccount(db, actor.userId);
      if (account === undefined) throw problem('invalid_token');
      if (account.email_verified_at === null) throw problem('unverified_email');
      await reauthenticate(db, hasher, { actor, password: input.password, now });
      const provider = providers.get(input.provider);
      if (provider === undefined) throw problem('not_found', 'This instance does not offer that');
      const { userId, sessionId } = actor;
      const ticket = { userId, sessionId, provider: provider.id, returnTo: input.returnTo };
      return { path: `${presentProvider(provider).path}?link=${sealLinkTicket(keyring, ticket, now)}` };
    }),

    command(
      auth.unlinkIdentity,
      async (context) => {
        const { tx, actor, input } = context;
        const account = await lockAccount(tx, actor.userId);
        if (account === undefined) throw problem('invalid_token');
        const identities = await listIdentities(tx, account.id);
        const identity = identities.find(({ id }) => id === input.identityId);
        if (identity === undefined) throw problem('not_found');
        const { id, issuer } = identity;
        if (!mayUnlink({ hasPassword: account.password_hash !== null, identities: identities.length })) {
          throw problem('last_sign_in', 'Set a password first');
        }
        await deleteIdentity(tx, id);
        const details = { issuer };
        await recordAudit(tx, context, {
          kind: 'identity_unlinked',
          actorId: account.id,
          targetId: account.id,
          details,
        });
        const name = [...providers.values()].find((provider) => provider.issuer === issuer)?.name ?? issuer;
        await mailNotice(context, appUrl, account, {
          title: `${name} was unlinked from your account`,
          text: `you can no longer sign in to your account with ${name}.`,
        });
        return {};
      },
      { lock: 'itself' },
    ),
  ];
}
