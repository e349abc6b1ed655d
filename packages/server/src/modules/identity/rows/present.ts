import type { Me, Preferences, User } from '@atrium/protocol';
import type { AccountRow } from './account-store.ts';

const defaultPreferences: Preferences = {
  hideReceipts: false,
  oneTimer: false,
  timerAskAfterHours: 8,
  timerDailyCapHours: null,
  morningDigestAt: '05:00',
};

/** Stored values over the defaults: an account stores only what was set. */
export function presentPreferences(stored: Partial<Preferences>): Preferences {
  return { ...defaultPreferences, ...stored };
}

export function presentUser(account: Pick<AccountRow, 'id' | 'name' | 'username' | 'avatar' | 'is_bot'>): User {
  const { id, name, username, avatar, is_bot } = account;
  return { id, name, username, avatar, isBot: is_bot };
}

export function presentMe(account: AccountRow): Me {
  return {
    ...presentUser(account),
    email: account.is_bot || account.deleted_at !== null ? '' : account.email,
    emailVerified: account.is_bot || account.email_verified_at !== null,
    role: account.role,
    timezone: account.timezone,
    locale: account.locale,
    preferences: presentPreferences(account.preferences),
    createdAt: account.created_at.toISOString(),
    version: account.version,
  };
}
