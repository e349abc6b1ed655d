import type { LimitClass } from '../core/limits.ts';

export const identityLimits = {
  /** For one account from one IP address; and accounts for which an IP address failed that never signed in from there. */
  login: { points: 5, seconds: 900, per: 'ip', counts: 'failures' },
  register: { points: 5, seconds: 900, per: 'ip', counts: 'failures' },
  refresh: { points: 60, seconds: 60, per: 'ip', counts: 'failures' },
  otp: { points: 5, seconds: 900, per: 'user', counts: 'failures' },
  otp_resend: { points: 1, seconds: 60, per: 'user', counts: 'calls' },
  /** Wrong passwords for one email address, from any IP address. */
  login_account: { points: 5, seconds: 900, per: 'key', counts: 'failures' },
  /** Sign-ins from one IP address, whoever they are for. */
  login_address: { points: 100, seconds: 900, per: 'ip', counts: 'failures' },
  /** Codes emailed to one account, or requested from one IP address, for any purpose. */
  otp_mail: { points: 5, seconds: 3600, per: 'key', counts: 'calls' },
  /** Emails to the owner of an account without a password after someone tried one. */
  password_hint: { points: 1, seconds: 3600, per: 'key', counts: 'calls' },
  forgot: { points: 3, seconds: 3600, per: 'ip', counts: 'calls' },
  forgot_account: { points: 3, seconds: 3600, per: 'key', counts: 'calls' },
  reset: { points: 3, seconds: 3600, per: 'ip', counts: 'failures' },
  /** Exports of all of one's own data. */
  export: { points: 3, seconds: 86_400, per: 'user', counts: 'calls' },
} as const satisfies Record<string, LimitClass>;
