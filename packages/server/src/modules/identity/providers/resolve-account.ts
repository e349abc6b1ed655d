import type { Operation, ReportedRegion, SignInError } from '@atrium/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import { type Actor, type CommandContext, ProblemError } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { recordAudit } from '../audit/store.ts';
import { mailNotice } from '../mails/security.ts';
import {
  type AccountRow,
  findAccountByEmail,
  insertAccount,
  isUnclaimed,
  lockAccount,
  markEmailVerified,
  updateAccount,
} from '../rows/account-store.ts';
import { admitAccount } from '../rows/admission.ts';
import { lockAddress, lockKey } from '../rows/lock-store.ts';
import { presentMe } from '../rows/present.ts';
import { regionalSettings } from '../rows/regional-settings.ts';
import { rejectDuplicates } from '../rows/reject-duplicates.ts';
import type { Profile } from './claims.ts';
import { accountResolutionOf } from './policy.ts';
import type { Provider } from './provider.ts';
import { reclaimAccount } from './reclaim.ts';
import { findIdentity, type IdentityRow, insertIdentity, touchIdentity } from './store.ts';

/** The part of the command context that resolving an account uses. */
export interface ResolveAccountContext
  extends Pick<CommandContext<Operation>, 'tx' | 'now' | 'append' | 'enqueue' | 'request' | 'tell'> {
  /** The account that is signed in with that browser. */
  actor: Actor;
}

/** Dependencies of resolving an account. */
export interface ResolveAccountDeps {
  appUrl: string;
  /** The time zone of new accounts. */
  defaultTimezone: string;
}

/**
 * Finds, links or creates the account for an identity that a provider has confirmed.
 * @returns the locked account, or the reason why there is none
 */
export async function resolveAccount(
  deps: ResolveAccountDeps,
  context: ResolveAccountContext,
  provider: Pick<Provider, 'id' | 'name'>,
  { profile, region }: { profile: Profile; region: ReportedRegion },
): Promise<AccountRow | SignInError> {
  const { tx, now } = context;
  const known = await lockOwner(tx, profile);
  const { email } = profile;
  const holder = known === undefined && profile.emailVerified ? await lockByEmail(tx, email) : undefined;
  const resolution = accountResolutionOf({
    identityAccount: known && { disabled: known.account.disabled_at !== null },
    emailAccount: holder && {
      disabled: holder.disabled_at !== null,
      emailVerified: holder.email_verified_at !== null,
    },
    emailVouched: profile.emailVerified,
  });
  if (resolution === 'email_unverified' || resolution === 'account_disabled') return resolution;
  if (known !== undefined) {
    await touchIdentity(tx, known.identity.id, { email: email ?? null, last_used_at: now });
    return known.account;
  }
  if (holder === undefined) return createAccount(deps, context, provider, { profile, region });
  const account = resolution === 'reclaim' ? await takeOver(context, holder, region) : holder;
  await linkIdentity(deps, context, provider, { account, profile });
  return account;
}

/** Gives a person the account that somebody else made for them, who may not have known their time zone and language. */
async function takeOver(
  context: ResolveAccountContext,
  holder: AccountRow,
  region: ReportedRegion,
): Promise<AccountRow> {
  const account = await reclaimAccount(context, holder);
  return isUnclaimed(holder)
    ? updateAccount(context.tx, account.id, regionalSettings(region, account.timezone))
    : account;
}

/** Links an identity to an account and notifies its owner by email. */
export async function linkIdentity(
  deps: Pick<ResolveAccountDeps, 'appUrl'>,
  context: ResolveAccountContext,
  provider: Pick<Provider, 'id' | 'name'>,
  { account, profile }: { account: AccountRow; profile: Profile },
): Promise<void> {
  await addIdentity(context, provider, account, profile);
  await mailNotice(context, deps.appUrl, account, {
    title: `${provider.name} was linked to your account`,
    text: `you can now sign in to your account with ${provider.name}.`,
  });
}

/** Finds the account to which an identity is linked, and locks both until the transaction ends. */
export async function lockOwner(
  tx: Transaction,
  profile: Profile,
): Promise<{ identity: IdentityRow; account: AccountRow } | undefined> {
  await lockKey(tx, 'identity', profile.issuer, profile.subject);
  const found = await findIdentity(tx, profile);
  const account = found && (await lockAccount(tx, found.account_id));
  // It may have been unlinked while this waited for the lock.
  const identity = account && (await findIdentity(tx, profile));
  return account && identity && { identity, account };
}

async function lockByEmail(tx: Transaction, email: string | undefined): Promise<AccountRow | undefined> {
  if (email === undefined) return undefined;
  await lockAddress(tx, email);
  const found = await findAccountByEmail(tx, email);
  return found && lockAccount(tx, found.id);
}

async function addIdentity(
  { tx, now, request }: ResolveAccountContext,
  provider: Pick<Provider, 'id'>,
  account: AccountRow,
  profile: Profile,
): Promise<void> {
  await insertIdentity(tx, {
    id: newId(),
    account_id: account.id,
    issuer: profile.issuer,
    subject: profile.subject,
    email: profile.email ?? null,
    created_at: now,
    last_used_at: now,
  });
  const details = { provider: provider.id };
  await recordAudit(
    tx,
    { request, now },
    { kind: 'identity_linked', actorId: account.id, targetId: account.id, details },
  );
}

/** A refusal in the form that the browser gets; nothing was changed. */
function refusedAs<Code extends SignInError>(code: Code): (error: unknown) => Code {
  return (error) => {
    if (error instanceof ProblemError && error.status === 403) return code;
    throw error;
  };
}

/** Creates an account without a password, with a verified address. */
async function createAccount(
  { defaultTimezone }: ResolveAccountDeps,
  context: ResolveAccountContext,
  provider: Pick<Provider, 'id'>,
  { profile, region }: { profile: Profile; region: ReportedRegion },
): Promise<AccountRow | 'registration_closed'> {
  const { tx, now } = context;
  const role = await admitAccount(tx, now, {}, async () => false).catch(refusedAs('registration_closed'));
  if (role === 'registration_closed') return role;
  const { id } = await rejectDuplicates(
    insertAccount(tx, {
      id: newId(),
      email: profile.email ?? '',
      name: profile.name,
      username: null,
      password_hash: null,
      role,
      ...regionalSettings(region, defaultTimezone),
      created_at: now,
    }),
  );
  const account = await markEmailVerified(tx, id, now);
  const details = { provider: provider.id };
  await recordAudit(tx, context, { kind: 'registered', actorId: id, targetId: id, details });
  await addIdentity(context, provider, account, profile);
  await context.tell('account:registered', { account: presentMe(account) });
  return account;
}
