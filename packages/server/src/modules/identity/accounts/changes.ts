import type { ParsedInputOf, Preferences, users } from '@atrium/protocol';
import type { AccountChange, AccountRow } from '../rows/account-store.ts';
import { presentPreferences } from '../rows/present.ts';

type Wanted = ParsedInputOf<typeof users.updateMe>;

/**
 * The fields that differ from the current account; undefined if none does. Preferences that are not given stay as they
 * are.
 */
export function accountChange(account: AccountRow, wanted: Wanted): AccountChange | undefined {
  const change: AccountChange = {};
  if (wanted.name !== undefined && wanted.name !== account.name) change.name = wanted.name;
  if (wanted.username !== undefined && wanted.username !== account.username) change.username = wanted.username;
  if (wanted.avatar !== undefined && wanted.avatar !== account.avatar) change.avatar = wanted.avatar;
  if (wanted.timezone !== undefined && wanted.timezone !== account.timezone) change.timezone = wanted.timezone;
  if (wanted.locale !== undefined && wanted.locale !== account.locale) change.locale = wanted.locale;
  const before = presentPreferences(account.preferences);
  const named = Object.entries(wanted.preferences ?? {}) as [keyof Preferences, never][];
  if (named.some(([name, value]) => value !== undefined && value !== before[name])) {
    change.preferences = { ...before, ...Object.fromEntries(named.filter(([, value]) => value !== undefined)) };
  }
  return Object.keys(change).length === 0 ? undefined : change;
}

/** True if other users can see the change. */
export function isPublicChange(change: AccountChange): boolean {
  return 'name' in change || 'username' in change || 'avatar' in change;
}
