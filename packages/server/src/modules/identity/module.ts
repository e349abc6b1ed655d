import type { Module } from '../../platform/operations/module.ts';
import { profileOperations } from './accounts/profile-operations.ts';
import { registerOperations } from './accounts/register.ts';
import { renderers, userAudience } from './events.ts';
import type { IdentityHooks } from './hooks.ts';
import type { Keyring } from './keys/keyring.ts';
import { createPasswordHasher } from './passwords/hasher.ts';
import { sessionOperations } from './sessions/operations.ts';
import { refreshOperations } from './sessions/refresh-operations.ts';
import { signInOperations } from './sessions/sign-in.ts';
import { settingsOperations } from './settings/operations.ts';
import { verificationOperations } from './verification/operations.ts';

/** Accounts, passwords, sessions, e-mail verification and the instance's settings. */
export function identityModule(deps: {
  keyring: Keyring;
  /** Where people open the app; links in mails start with it. No slash at the end. */
  appUrl: string;
  /** What other features do when accounts change, in this order. */
  hooks: readonly IdentityHooks[];
}): Module {
  const hasher = createPasswordHasher();
  return {
    name: 'identity',
    operations: [
      ...registerOperations({ ...deps, hasher }),
      ...signInOperations({ ...deps, hasher }),
      ...refreshOperations(deps),
      ...verificationOperations(deps),
      ...sessionOperations(),
      ...profileOperations(deps),
      ...settingsOperations(),
    ],
    audiences: [userAudience],
    renderers,
  };
}
