import type { LimitClass } from '../core/limits.ts';

export const identityLimits = {
  /** By account and IP address; and for accounts that failed from an IP address they never signed in from. */
  login: { points: 5, seconds: 900, per: 'ip', counts: 'failures' },
  register: { points: 5, seconds: 900, per: 'ip', counts: 'failures' },
  refresh: { points: 60, seconds: 60, per: 'ip', counts: 'failures' },
  otp: { points: 5, seconds: 900, per: 'user', counts: 'failures' },
  otp_resend: { points: 1, seconds: 60, per: 'user', counts: 'calls' },
  /** Wrong passwords for one email address, from all IP addresses. */
  login_account: { points: 5, seconds: 900, per: 'key', counts: 'failures' },
  /** Sign-ins from one IP address, for all accounts. */
  login_address: { points: 100, seconds: 900, per: 'ip', counts: 'failures' },
  /** Codes emailed to one account, or requested from one IP address, for all purposes. */
  otp_mail: { points: 5, seconds: 3600, per: 'key', counts: 'calls' },
  /** Emails to the owner of an account without a password after a sign-in attempt. */
  password_hint: { points: 1, seconds: 3600, per: 'key', counts: 'calls' },
  forgot: { points: 3, seconds: 3600, per: 'ip', counts: 'calls' },
  forgot_account: { points: 3, seconds: 3600, per: 'key', counts: 'calls' },
  reset: { points: 3, seconds: 3600, per: 'ip', counts: 'failures' },
  /** Exports of all data of one user. */
  export: { points: 3, seconds: 86_400, per: 'user', counts: 'calls' },
} as const satisfies Record<string, LimitClass>;
