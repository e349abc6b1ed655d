import { generateSync } from 'otplib';
import { PASSWORD, type Person } from '../app.ts';
import { countBy, type ExternalAnswer, type Wire } from './external-app.ts';

/** A user who signs in with codes, over HTTP, with access to the database. */
export interface CodeUser {
  query(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** @returns the body of the answer */
  login(email: string, password?: string): Promise<ExternalAnswer['body']>;
  verifyOtp(challengeId: string, code: string): Promise<ExternalAnswer>;
  /** Enables an authenticator app. @returns its secret, and the recovery codes */
  withApp(person: Person): Promise<{ secret: string; recoveryCodes: string[] }>;
  /** Enables mailed sign-in codes. */
  withMail(person: Person): Promise<unknown>;
  /** The code in the subject of the newest mail of this kind. */
  lastCode(email: string, subject: string): Promise<string>;
}

/** How often each status was returned. */
export const statuses = (answers: ExternalAnswer[]) => countBy(answers.map(({ status }) => status));

export function codeUser(wire: Wire): CodeUser {
  const query: CodeUser['query'] = async (text, values = []) => (await wire.app.database.pool.query(text, values)).rows;
  return {
    query,
    async login(email, password = PASSWORD) {
      return (await wire.send('POST', '/auth/login', { body: { email, password } })).body;
    },
    verifyOtp: (challengeId, code) => wire.send('POST', '/auth/verify-otp', { body: { challengeId, code } }),
    async withApp({ accessToken: token, userId }) {
      const { body } = await wire.send('POST', '/auth/2fa/enable', { token, body: { password: PASSWORD } });
      const code = generateSync({ secret: body.secret });
      const confirmed = await wire.send('POST', '/auth/2fa/confirm', { token, body: { code } });
      await query('update two_factor set totp_last_step = 0 where account_id = $1', [userId]);
      return { secret: body.secret, recoveryCodes: confirmed.body.recoveryCodes };
    },
    withMail: ({ userId }) =>
      query('insert into two_factor (account_id, email_enabled_at) values ($1, now())', [userId]),
    async lastCode(email, subject) {
      const [row] = await query(
        'select subject from mail where to_address = $1 and subject like $2 order by id desc limit 1',
        [email, `%${subject}`],
      );
      return String(row?.subject).slice(0, 6);
    },
  };
}
