import { createHash, randomBytes } from 'node:crypto';
import { generateSync } from 'otplib';
import { PASSWORD } from '../app.ts';
import { letIn, type Observer, observe, type Scene } from './cast.ts';
import type { Case } from './f22-case.ts';

/** What the authenticator app shows, `steps` of 30 s from now. */
const appCode = (secret: string, steps = 0) =>
  generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 });

async function newcomer(scene: Scene, name: string): Promise<Observer> {
  const extra = await observe(scene.app, scene.url, name, true);
  await letIn(scene, scene.workspaceId, extra, 'member');
  return extra;
}

/** Someone with an authenticator app; `text` is its secret. */
const withApp =
  (name: string): NonNullable<Case['prepare']> =>
  async (scene) => {
    const extra = await newcomer(scene, name);
    const { secret = '' } = await extra.call('auth.enableTwoFactor', {});
    await extra.call('auth.confirmTwoFactor', { code: appCode(secret, -1) });
    return { extra, text: secret };
  };

/** Someone with mailed codes as well: the quickest way there is the database. */
const withMailedCodes =
  (name: string): NonNullable<Case['prepare']> =>
  async (scene) => {
    const { extra, text } = await withApp(name)(scene);
    if (extra === undefined || text === undefined) throw new Error('Nobody came');
    const { pool } = scene.app.database;
    await pool.query('update two_factor set email_enabled_at = now() where account_id = $1', [extra.userId]);
    return { extra, text };
  };

async function challengeOf({ app }: Scene, { email }: Observer): Promise<string> {
  const { challenge } = await app.call('auth.login', { email, password: PASSWORD });
  return challenge?.id ?? '';
}

/** Someone with a mailed link in hand; `text` is its token. */
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

export const twoFactorCases: Record<string, Case> = {
  'auth.enableTwoFactor': {
    prepare: async (scene) => ({ extra: await newcomer(scene, 'Tea') }),
    act: (_, { extra }) => extra.call('auth.enableTwoFactor', {}),
  },
  'auth.confirmTwoFactor': {
    prepare: async (scene) => {
      const extra = await newcomer(scene, 'Tom');
      const { secret = '' } = await extra.call('auth.enableTwoFactor', {});
      return { extra, text: secret };
    },
    act: (_, { extra, text }) => extra.call('auth.confirmTwoFactor', { code: appCode(text) }),
  },
  'auth.verifyOtp': {
    prepare: withApp('Tim'),
    act: async (scene, { extra, text }) => {
      const challengeId = await challengeOf(scene, extra);
      return scene.app.call('auth.verifyOtp', { challengeId, code: appCode(text) });
    },
  },
  'auth.resendOtp': {
    prepare: withMailedCodes('Tess'),
    act: async (scene, { extra }) => scene.app.call('auth.resendOtp', { challengeId: await challengeOf(scene, extra) }),
  },
  'auth.sendTwoFactorCode': {
    prepare: withMailedCodes('Tara'),
    act: (_, { extra }) => extra.call('auth.sendTwoFactorCode', {}),
  },
  'auth.renewRecoveryCodes': {
    prepare: withApp('Ted'),
    act: (_, { extra, text }) => extra.call('auth.renewRecoveryCodes', { code: appCode(text) }),
  },
  'auth.disableTwoFactor': {
    prepare: withApp('Toni'),
    act: (_, { extra, text }) => extra.call('auth.disableTwoFactor', { password: PASSWORD, code: appCode(text) }),
  },
};

export const passwordCases: Record<string, Case> = {
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
};
