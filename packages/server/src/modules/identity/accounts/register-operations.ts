import { auth, type Me } from '@atrium/protocol';
import type { Limiter } from '../../../platform/limits/index.ts';
import { strangerMailDelayMs } from '../../../platform/mail/index.ts';
import {
  type CommandContext,
  type Implementation,
  preparedCommand,
  problem,
  type Registry,
} from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { recordAudit } from '../audit/store.ts';
import type { Keyring } from '../keys/keyring.ts';
import { mailLink } from '../mails/link.ts';
import { mailNotice } from '../mails/security.ts';
import type { PasswordHasher } from '../passwords/hasher.ts';
import { refuseWeakPassword } from '../passwords/refuse.ts';
import { type AccountRow, findAccountByEmail, insertAccount } from '../rows/account-store.ts';
import { admitAccount } from '../rows/admission.ts';
import { lockAddress } from '../rows/lock-store.ts';
import { presentMe, presentPreferences } from '../rows/present.ts';
import { regionalSettings } from '../rows/regional-settings.ts';
import { rejectDuplicates } from '../rows/reject-duplicates.ts';
import { instanceSettings } from '../rows/settings-store.ts';
import { sendVerification } from '../verification/send.ts';

type Registration = CommandContext<typeof auth.register, { passwordHash: string; isNeutral: boolean }>;

type Role = AccountRow['role'];

/** Dependencies of signing up. */
export interface RegisterDeps {
  keyring: Keyring;
  hasher: PasswordHasher;
  limiter: Pick<Limiter, 'count'>;
  appUrl: string;
  /** The time zone of new accounts. */
  defaultTimezone: string;
  /** Checks join codes and invitations. */
  modules: Pick<Registry, 'service'>;
}

/** `auth.register`: creates an account and mails its verification code. Signing in is a separate call. */
export function registerOperations(deps: RegisterDeps): Implementation[] {
  const invitations = deps.modules.service('invitations');
  return [
    preparedCommand(
      auth.register,
      async ({ db, input, request }) => {
        const retryAfterMs = await strangerMailDelayMs(deps.limiter, request, input.email);
        if (retryAfterMs !== undefined) throw problem('rate_limited', { retryAfterMs });
        const { neutralRegistration: isNeutral } = await instanceSettings(db);
        // Whether the username is free afterwards would reveal whether the account was created.
        if (isNeutral && input.username !== undefined) {
          const message = 'is chosen after signing in, on this instance';
          throw problem('invalid_input', { errors: [{ path: 'username', code: 'not_yet', message }] });
        }
        refuseWeakPassword(input.password, input);
        return { passwordHash: await deps.hasher.hash(input.password), isNeutral };
      },
      async (context) => {
        const { tx, now, input } = context;
        const role = await admitAccount(tx, now, input, (code) => invitations().isOpenCode(tx, code, now));
        if (context.prepared.isNeutral) return registerNeutrally(deps, context, role);
        const account = await makeAccount(deps, context, role);
        await sendVerification(deps, context, account);
        return presentMe(account);
      },
    ),
  ];
}

/**
 * Gives one answer for known and unknown addresses; only a mail to the address says which it was. Signing in is refused
 * until the mailed link was used, so that trying the password reveals nothing either.
 */
async function registerNeutrally(deps: RegisterDeps, context: Registration, role: Role): Promise<Me> {
  const { tx, input, now } = context;
  await lockAddress(tx, input.email);
  const known = await findAccountByEmail(tx, input.email);
  const tooMany = (await deps.limiter.count('forgot_account', input.email)) !== undefined;
  if (known === undefined) {
    const account = await makeAccount(deps, context, role);
    await mailLink(context, deps.appUrl, account, { name: 'open_account' });
  } else if (!tooMany && known.disabled_at === null && known.email_verified_at === null) {
    await mailLink(context, deps.appUrl, known, { name: 'open_account' });
  } else if (!tooMany && known.disabled_at === null) {
    await mailNotice(context, deps.appUrl, known, {
      title: 'You already have an account',
      text: 'someone, most likely you, tried to sign up with this email address. It already has an account: sign in instead.',
    });
  }
  return {
    id: newId(),
    name: input.name,
    username: null,
    avatar: null,
    isBot: false,
    email: input.email,
    emailVerified: false,
    role: 'user',
    locale: 'en',
    ...regionalSettings(input, deps.defaultTimezone),
    preferences: presentPreferences({}),
    createdAt: now.toISOString(),
    version: 1,
  };
}

async function makeAccount(deps: RegisterDeps, context: Registration, role: Role): Promise<AccountRow> {
  const account = await createAccount(context, { role, defaultTimezone: deps.defaultTimezone });
  await recordAudit(context.tx, context, { kind: 'registered', actorId: account.id, targetId: account.id });
  await context.tell('account:registered', { account: presentMe(account) });
  return account;
}

/** The unique constraints decide whether a name is free: a check beforehand would admit two parallel requests. */
async function createAccount(
  { tx, input, prepared, now }: Registration,
  { role, defaultTimezone }: { role: Role; defaultTimezone: string },
): Promise<AccountRow> {
  const account = {
    id: newId(),
    email: input.email,
    name: input.name,
    username: input.username ?? null,
    password_hash: prepared.passwordHash,
    role,
    ...regionalSettings(input, defaultTimezone),
    created_at: now,
  } as const;
  return rejectDuplicates(insertAccount(tx, account));
}
