import type { Me, Preferences, User } from '@atrium/protocol';
import type { AccountRow } from './store.ts';

const defaultPreferences: Preferences = { hideReceipts: false };

/** What is stored over what is default: an account keeps only what was set. */
export function presentPreferences(stored: Partial<Preferences>): Preferences {
  return { hideReceipts: stored.hideReceipts ?? defaultPreferences.hideReceipts };
}

export function presentUser(account: Pick<AccountRow, 'id' | 'name' | 'username' | 'avatar'>): User {
  return { id: account.id, name: account.name, username: account.username, avatar: account.avatar };
}

export function presentMe(account: AccountRow): Me {
  return {
    ...presentUser(account),
    email: account.email,
    emailVerified: account.email_verified_at !== null,
    role: account.role,
    timezone: account.timezone,
    locale: account.locale,
    preferences: presentPreferences(account.preferences),
    createdAt: account.created_at.toISOString(),
    version: account.version,
  };
}
