import { auth } from '@atrium/protocol';
import { v7 as uuidv7 } from 'uuid';
import { type CommandContext, type Implementation, preparedCommand } from '../../../platform/operations/context.ts';
import { recordAudit } from '../audit/store.ts';
import type { IdentityHooks } from '../hooks.ts';
import type { Keyring } from '../keys/keyring.ts';
import type { PasswordHasher } from '../passwords/hasher.ts';
import { refuseWeakPassword } from '../passwords/refuse.ts';
import { claimFirstAccount } from '../settings/store.ts';
import { sendVerification } from '../verification/send.ts';
import { presentMe } from './present.ts';
import { type AccountRow, insertAccount } from './store.ts';
import { refusingTaken } from './taken.ts';

type Registration = CommandContext<typeof auth.register, { passwordHash: string }>;

/** `auth.register`: makes an account and mails its verification code; signing in is a call of its own. */
export function registerOperations(deps: {
  keyring: Keyring;
  hasher: PasswordHasher;
  appUrl: string;
  hooks: readonly IdentityHooks[];
}): Implementation[] {
  return [
    preparedCommand(
      auth.register,
      async ({ input }) => {
        refuseWeakPassword(input.password, input);
        return { passwordHash: await deps.hasher.hash(input.password) };
      },
      async (context) => {
        const account = await createAccount(context);
        await recordAudit(context.tx, context, { kind: 'registered', actorId: account.id, targetId: account.id });
        await sendVerification(deps, context, account);
        const me = presentMe(account);
        for (const hook of deps.hooks) await hook.registered?.(context, me);
        return me;
      },
    ),
  ];
}

/** The unique constraints decide whether a name is free: looking first would let two through at once. */
async function createAccount({ tx, input, prepared, now }: Registration): Promise<AccountRow> {
  const role = (await claimFirstAccount(tx, now)) ? 'admin' : 'user';
  const account = {
    id: uuidv7(),
    email: input.email,
    name: input.name,
    username: input.username ?? null,
    password_hash: prepared.passwordHash,
    role,
    created_at: now,
  } as const;
  return refusingTaken(insertAccount(tx, account));
}
