import { randomUUID } from 'node:crypto';
import type { DurableType } from '@atrium/protocol';
import { PASSWORD } from '../../../../../test/app.ts';
import { newcomer, observe, type Scene } from '../../../../../test/faults/cast.ts';
import { act, type Case } from '../../../../../test/faults/snapshot-case.ts';

async function mailedCode({ app }: Scene, address: string): Promise<string> {
  for (let tries = 0; tries < 200; tries++) {
    const code = app.mails.findLast((mail) => mail.includes(address))?.match(/\b\d{6}\b/)?.[0];
    if (code !== undefined) return code;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('No code was mailed');
}

export const cases: Record<string, Case> = {
  'auth.register': act(({ app }) =>
    app.call('auth.register', { name: 'Someone', email: `${randomUUID()}@example.org`, password: PASSWORD }),
  ),
  'auth.login': act(({ app, bob }) => app.call('auth.login', { email: bob.email, password: PASSWORD })),
  'auth.refresh': {
    prepare: async ({ app, bob }) => {
      const { refreshToken = '' } = await app.call('auth.login', { email: bob.email, password: PASSWORD });
      return { text: refreshToken };
    },
    act: ({ app }, { text }) => app.call('auth.refresh', { refreshToken: text }),
  },
  'auth.verifyEmail': {
    prepare: async (scene) => {
      const extra = await observe(scene.app, scene.url, 'Uma', false);
      return { extra, text: await mailedCode(scene, extra.email) };
    },
    act: (_, { extra, text }) => extra.call('auth.verifyEmail', { otp: text }),
  },
  'auth.resendVerification': {
    prepare: async (scene) => ({ extra: await newcomer(scene, 'Una', false) }),
    act: (_, { extra }) => extra.call('auth.resendVerification', {}),
  },
  'auth.revokeSession': {
    prepare: async ({ app, bob }) => {
      await app.call('auth.login', { email: bob.email, password: PASSWORD });
      const { items } = await bob.call('auth.sessions', {});
      return { text: items.find(({ current }) => !current)?.id ?? '' };
    },
    act: ({ bob }, { text }) => bob.call('auth.revokeSession', { sessionId: text }),
  },
  'auth.logout': {
    prepare: async (scene) => ({ extra: await newcomer(scene, 'Zoe') }),
    act: (_, { extra }) => extra.call('auth.logout', {}),
  },
  'auth.logoutAll': {
    prepare: async (scene) => ({ extra: await newcomer(scene, 'Zara') }),
    act: (_, { extra }) => extra.call('auth.logoutAll', {}),
  },
};

export const eventsWithoutState: DurableType[] = ['session:revoked'];
