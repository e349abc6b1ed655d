import type { SignInError } from '@atrium/protocol';
import { lockAccount } from '../rows/account-store.ts';
import { isLive } from '../sessions/store.ts';
import type { Linking } from './attempt.ts';
import type { Profile } from './claims.ts';
import type { Provider } from './provider.ts';
import { linkIdentity, lockOwner, type ResolveAccountContext } from './resolve-account.ts';
import { listIdentities } from './store.ts';

/** Maximum number of external accounts linked to one account. */
const MAX_IDENTITIES = 10;

/**
 * Links an identity that was proved at a provider to the account that is signed in.
 * @returns the reason if it was not linked
 */
export async function finishLink(
  deps: { appUrl: string },
  context: ResolveAccountContext,
  provider: Pick<Provider, 'id' | 'name'>,
  { profile, link }: { profile: Profile; link: Linking },
): Promise<SignInError | undefined> {
  const { tx, actor } = context;
  const owner = await lockOwner(tx, profile);
  // Signed out in the meantime, or another browser.
  if (actor.kind !== 'user' || actor.sessionId !== link.sessionId) return `${provider.id}_auth_failed`;
  if (owner !== undefined) return owner.account.id === link.userId ? undefined : 'identity_taken';
  const account = await lockAccount(tx, link.userId);
  if (account === undefined || account.disabled_at !== null) return 'account_disabled';
  // The account was reset while the person was at the provider or on the way back.
  const session = { accountId: account.id, sessionId: link.sessionId };
  if (!(await isLive(tx, session, context.now))) return `${provider.id}_auth_failed`;
  if ((await listIdentities(tx, account.id)).length >= MAX_IDENTITIES) return 'too_many_identities';
  await linkIdentity(deps, context, provider, { account, profile });
  return undefined;
}
