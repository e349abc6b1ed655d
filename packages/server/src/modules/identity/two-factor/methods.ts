import type { TwoFactorMethod } from '@atrium/protocol';
import type { TwoFactorRow } from './store.ts';

/** The enabled second factors, the recommended one first. */
export function enabledMethods(factors: TwoFactorRow | undefined): Exclude<TwoFactorMethod, 'recovery'>[] {
  return [
    ...(factors?.totp_enabled_at ? (['totp'] as const) : []),
    ...(factors?.email_enabled_at ? (['email'] as const) : []),
  ];
}
