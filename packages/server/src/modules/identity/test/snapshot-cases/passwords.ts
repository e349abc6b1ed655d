import { createHash, randomBytes } from 'node:crypto';
import { PASSWORD } from '../../../../../test/app.ts';
import { newcomer } from '../../../../../test/faults/cast.ts';
import type { Case } from '../../../../../test/faults/snapshot-case.ts';

/** A person with a mailed link; `text` is its token. */
const withLink =
  (name: string, purpose: 'reset_password' | 'reopen_sign_in'): NonNullable<Case['prepare']> =>
  async (scene) => {
    const extra = await newcomer(scene, name);
    const token = randomBytes(32).toString('base64url');
    await scene.app.database.pool.query(
      `insert into account_link (account_id, purpose, token_hash, created_at, expires_at)
       values ($1, $2, $3, now(), now() + interval '1 hour')`,
      [extra.userId, purpose, createHash('sha256').update(token).digest()],
    );
    return { extra, text: token };
  };

export const cases: Record<string, Case> = {
  'auth.forgotPassword': { act: ({ app, bob }) => app.call('auth.forgotPassword', { email: bob.email }) },
  'auth.resetPassword': {
    prepare: withLink('Pia', 'reset_password'),
    act: ({ app }, { text }) => app.call('auth.resetPassword', { token: text, password: 'a wholly new phrase' }),
  },
  'auth.reopenSignIn': {
    prepare: withLink('Pam', 'reopen_sign_in'),
    act: ({ app }, { text }) => app.call('auth.reopenSignIn', { token: text }),
  },
  'auth.changePassword': {
    prepare: async (scene) => ({ extra: await newcomer(scene, 'Paul') }),
    act: (_, { extra }) => extra.call('auth.changePassword', { current: PASSWORD, password: 'a wholly new phrase' }),
  },
  'auth.unlinkIdentity': {
    prepare: async (scene) => {
      const extra = await newcomer(scene, 'Ida');
      await scene.app.database.pool.query(
        `insert into identity (id, account_id, issuer, subject, created_at, last_used_at)
         values ($1, $1, 'https://provider.example', 'ida', now(), now())`,
        [extra.userId],
      );
      return { extra };
    },
    act: (_, { extra }) => extra.call('auth.unlinkIdentity', { identityId: extra.userId }),
  },
};
