export { createBot, retireBots } from './accounts/bots.ts';
export type { HookContext, IdentityHooks } from './hooks.ts';
export { createKeyring, type Keyring } from './keys/keyring.ts';
export { identityModule } from './module.ts';
export { meOf, preferencesById, usersById } from './people.ts';
export type { ProviderConfig } from './providers/provider.ts';
export { type Authenticator, createAuthenticator } from './sessions/authenticator.ts';
export { instanceSettings } from './settings/store.ts';
export { endToken, issueToken, tokensOf } from './tokens/tokens.ts';
