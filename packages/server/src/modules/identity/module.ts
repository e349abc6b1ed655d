import type { Clock } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/database/index.ts';
import type { Limiter } from '../../platform/limits/index.ts';
import type { Log } from '../../platform/log/index.ts';
import type { Module, Registry } from '../../platform/module/index.ts';
import { deleteOperations } from './accounts/delete-operations.ts';
import { profileOperations } from './accounts/profile-operations.ts';
import { registerOperations } from './accounts/register-operations.ts';
import { auditDownload, auditOperations } from './administration/audit-operations.ts';
import { adminUserOperations } from './administration/user-operations.ts';
import { adminAudience, renderers, userAudience } from './events.ts';
import { exportDownload, exportOperations } from './export/operations.ts';
import { personalStates } from './export/parts.ts';
import { instanceOperations } from './instance-operations.ts';
import type { Keyring } from './keys/keyring.ts';
import { keyOperations } from './keys/operations.ts';
import { startMaintenance } from './maintenance.ts';
import { createPasswordHasher, type HashParameters } from './passwords/hasher.ts';
import { passwordOperations } from './passwords/operations.ts';
import { mailResetLink, type ResetMailDeps, sendResetLink } from './passwords/reset-mail.ts';
import { meOf } from './people.ts';
import { providerOperations } from './providers/operations.ts';
import { createProvider, type ProviderConfig } from './providers/provider.ts';
import { providerRedirects } from './providers/redirect-operations.ts';
import { accountHolds } from './rows/holds.ts';
import { identityTables } from './rows/lifecycle.ts';
import { continueRedirect } from './sessions/continue-operations.ts';
import { holdCaller } from './sessions/hold-caller.ts';
import { sessionOperations } from './sessions/operations.ts';
import { refreshOperations } from './sessions/refresh-operations.ts';
import { settingsOperations } from './settings/operations.ts';
import { challengeOperations } from './sign-in/challenge-operations.ts';
import { signInOperations } from './sign-in/operations.ts';
import { tokenOperations } from './tokens/operations.ts';
import { twoFactorOperations } from './two-factor/operations.ts';
import { resealAll } from './two-factor/reseal.ts';
import { verificationOperations } from './verification/operations.ts';

/** Dependencies of the feature. */
export interface IdentityDeps extends ResetMailDeps {
  clock: Clock;
  database: Database;
  log: Log;
  keyring: Keyring;
  limiter: Limiter;
  /** Where people open the app; links in mails start with it. Without a trailing slash. */
  appUrl: string;
  /** The time zone of new accounts (IANA name). */
  defaultTimezone: string;
  /** Whether mails go to the development mailbox, because no mail server is configured. */
  hasMailbox: boolean;
  /** The cost of a password hash; the current default if not given. */
  hashing?: HashParameters | undefined;
  /** The providers that people can sign in with. */
  providers: readonly ProviderConfig[];
  /** Access to the personal data of other modules. */
  modules: Pick<Registry, 'all' | 'service'>;
}

/** Accounts, passwords, sessions, second factors, e-mail verification and the instance's settings. */
export function identityModule(deps: IdentityDeps): Module {
  const hasher = createPasswordHasher(deps.hashing);
  const { origin } = new URL(deps.appUrl);
  const providers = new Map(deps.providers.map((config) => [config.id, createProvider(config, origin, deps.clock)]));
  return {
    name: 'identity',
    operations: [
      ...registerOperations({ ...deps, hasher }),
      ...signInOperations({ ...deps, hasher }),
      ...challengeOperations(deps),
      ...twoFactorOperations({ ...deps, hasher }),
      ...passwordOperations({ ...deps, hasher }),
      ...refreshOperations(deps),
      ...verificationOperations(deps),
      ...providerOperations({ ...deps, hasher, providers }),
      ...sessionOperations(),
      ...tokenOperations({ ...deps, hasher }),
      ...profileOperations(),
      ...exportOperations(deps),
      ...deleteOperations({ ...deps, hasher }),
      ...settingsOperations(),
      ...instanceOperations({ providers, hasMailbox: deps.hasMailbox }),
      ...keyOperations(deps),
      ...adminUserOperations(deps),
      ...auditOperations(deps),
    ],
    redirects: [...providerRedirects({ ...deps, providers }), continueRedirect],
    downloads: [exportDownload(deps), auditDownload(deps)],
    holds: accountHolds,
    callerHold: holdCaller,
    audiences: [userAudience, adminAudience],
    renderers,
    tables: identityTables,
    resealSecrets: resealAll,
    personalData: (db, userId) => personalStates(db, userId, deps.clock.now()),
    start: () => startMaintenance(deps),
    jobs: [mailResetLink.handledBy(sendResetLink(deps))],
    snapshot: { me: meOf },
  };
}
