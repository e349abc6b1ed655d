import { generateSync } from 'otplib';
import { PASSWORD } from '../../../../../test/app.ts';
import { newcomer, type Observer, type Scene } from '../../../../../test/faults/cast.ts';
import type { Case } from '../../../../../test/faults/snapshot-case.ts';

/** The code that the authenticator app shows, `steps` of 30 s from now. */
const appCode = (secret: string, steps = 0) =>
  generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 });

/** A person with an authenticator app; `text` is its secret. */
const withApp = (name: string) => async (scene: Scene) => {
  const extra = await newcomer(scene, name);
  const { secret = '' } = await extra.call('auth.enableTwoFactor', {});
  await extra.call('auth.confirmTwoFactor', { code: appCode(secret, -1) });
  return { extra, text: secret };
};

/** A person who has mailed codes as well; written directly to the database, which is faster. */
const withMailedCodes = (name: string) => async (scene: Scene) => {
  const prepared = await withApp(name)(scene);
  const { pool } = scene.app.database;
  await pool.query('update two_factor set email_enabled_at = now() where account_id = $1', [prepared.extra.userId]);
  return prepared;
};

async function challengeOf({ app }: Scene, { email }: Observer): Promise<string> {
  const { challenge } = await app.call('auth.login', { email, password: PASSWORD });
  return challenge?.id ?? '';
}

export const cases: Record<string, Case> = {
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
