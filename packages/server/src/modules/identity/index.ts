export { type AuditEntry, recordAudit } from './audit/store.ts';
export type { HookContext, IdentityHooks } from './hooks.ts';
export { createKeyring, type Keyring } from './keys/keyring.ts';
export { identityModule } from './module.ts';
export { idsByUsername, meOf, preferencesById, usersById } from './people.ts';
export { type Authenticator, createAuthenticator } from './sessions/authenticator.ts';
export { instanceSettings } from './settings/store.ts';
