import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, type Person } from '../app.ts';
import { type ExternalAnswer, startExternalApp, type Wire } from './external-app.ts';

/** A text that an attacker wants to send to strangers. */
const BAIT = 'You won: https://evil.example/prize';

let wire: Wire;
let signingUp: Wire;
let unbounded: Wire;
beforeAll(async () => {
  const others = { LIMIT_PUBLIC: '100000/60', LIMIT_INVITE: '1000/60', LIMIT_USER: '10000/60' };
  wire = await startExternalApp({ limits: true, env: others });
  signingUp = await startExternalApp({ limits: true, env: others });
  unbounded = await startExternalApp({
    limits: true,
    env: { ...others, LIMIT_MAIL_SENDER: '100000/60', LIMIT_MAIL_RECIPIENT: '100000/60' },
  });
});
afterAll(() => Promise.all([wire?.close(), signingUp?.close(), unbounded?.close()]));

interface MailedRow {
  to_name: string;
  subject: string;
  text: string;
  html: string;
}

async function mailed({ app }: Wire, like: string): Promise<MailedRow[]> {
  const query = 'select to_name, subject, text, html from mail where to_address like $1';
  return (await app.database.pool.query<MailedRow>(query, [like])).rows;
}

const isBait = (mail: MailedRow) => JSON.stringify(mail).includes('evil.example');

const register = ({ send }: Wire, name: string, email: string): Promise<ExternalAnswer> =>
  send('POST', '/auth/register', { body: { name, email, password: PASSWORD } });

/** Signs up with strangers' addresses; fewer at a time than may fail. */
async function signUp(to: Wire, count: number, domain: string): Promise<ExternalAnswer[]> {
  const answers: ExternalAnswer[] = [];
  for (let at = 0; at < count; at += 4) {
    const some = Array.from({ length: Math.min(4, count - at) }, (_, n) => `victim${at + n}@${domain}`);
    answers.push(...(await Promise.all(some.map((email) => register(to, BAIT, email)))));
  }
  return answers;
}

/** Many users invite one stranger. */
async function inviteAll(to: Wire, email: string, inviters: readonly Person[]): Promise<number> {
  for (const { call } of inviters) {
    const { id: workspaceId } = await call('workspaces.create', { name: 'Garden' });
    for (let at = 0; at < 3; at += 1) await call('workspaces.invite', { workspaceId, email }).catch(() => undefined);
  }
  return (await mailed(to, email)).length;
}

describe('S51 mails to strangers', () => {
  it('S51 from one IP address are limited, and contain nothing that the sender wrote', async () => {
    const answers = await signUp(signingUp, 200, 'strangers.example');
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(100);
    expect(Number(refused.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(60);
    const mails = await mailed(signingUp, '%@strangers.example');
    expect(mails).toHaveLength(100);
    expect(mails.filter(isBait)).toEqual([]);
  });

  it('S51 to one address are limited, whoever causes them', async () => {
    const inviters = await Promise.all(Array.from({ length: 6 }, () => wire.app.person('Inviter')));
    expect(await inviteAll(wire, 'flooded@example.org', inviters)).toBe(10);
  });

  it('S51 do not prevent a verified address from getting a password-reset link', async () => {
    const ann = await wire.app.person('Ann');
    const inviters = await Promise.all(Array.from({ length: 4 }, () => wire.app.person('Inviter')));
    await inviteAll(wire, ann.email, inviters);
    const before = (await mailed(wire, ann.email)).length;
    await wire.app.call('auth.forgotPassword', { email: ann.email });
    await expect.poll(async () => (await mailed(wire, ann.email)).length).toBe(before + 1);
  });

  it('S51 control: without limits, and to a verified address, all are sent with their text', async () => {
    const answers = await signUp(unbounded, 120, 'strangers.example');
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(120);
    expect(await mailed(unbounded, '%@strangers.example')).toHaveLength(120);
    const proved = await unbounded.app.person('Ann');
    await proved.call('users.updateMe', { name: BAIT });
    await unbounded.app.call('auth.forgotPassword', { email: proved.email });
    const isMailed = async () => (await mailed(unbounded, proved.email)).some(isBait);
    await expect.poll(isMailed).toBe(true);
    const inviters = await Promise.all(Array.from({ length: 6 }, () => unbounded.app.person('Inviter')));
    expect(await inviteAll(unbounded, 'flooded@example.org', inviters)).toBe(18);
  });
});
