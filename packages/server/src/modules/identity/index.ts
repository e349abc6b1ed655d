import './keys/reseal-part.ts';
import './rows/hooks.ts';

export { createBot, deleteBots } from './accounts/bots.ts';
export { createDemoPerson, deleteDemoPerson } from './accounts/demo-people.ts';
export { changeProfile, endMorningDigest } from './accounts/profile-operations.ts';
export { accountOfAddress, createUnclaimedAccount, type UnclaimedAccount } from './accounts/unclaimed-accounts.ts';
export { type Administrator, createOperator, type Operator } from './administration/operator.ts';
export { administratorIds } from './administration/user-store.ts';
export { type AuditEntry, recordAudit } from './audit/store.ts';
export { type Authenticator, createAuthenticator } from './authenticator.ts';
export { areSecrets, carriedSecrets, hasSecrets, type SecretsLocation, takeSecrets } from './keys/carry.ts';
export { createKeyring, type Keyring, type PushKey } from './keys/keyring.ts';
export { identityModule } from './module.ts';
export { type HashParameters, hashParameters } from './passwords/hasher.ts';
export {
  activeUser,
  type Contact,
  contactsById,
  holdProfiles,
  idsByUsername,
  meOf,
  preferencesById,
  usersById,
} from './people.ts';
export type { ProviderConfig } from './providers/provider.ts';
export { holdAccount, holdAdmin, holdExisting, lockAccount, peopleIds } from './rows/account-store.ts';
export { adminStream } from './rows/admin-stream.ts';
export { prepareSetup } from './rows/admission.ts';
export { EXPORT_PAGE, type ExportPart, pagesOf } from './rows/export-part.ts';
export { instanceSettings } from './rows/settings-store.ts';
export { holdCaller, holdCallers } from './sessions/hold-caller.ts';
export { callerArrays, refusedCredentials } from './sessions/hold-caller-store.ts';
export { endToken, issueToken, tokensOf } from './tokens/tokens.ts';
