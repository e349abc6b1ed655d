import { readFile } from 'node:fs/promises';
import { generateSync } from 'otplib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from './app.ts';
import { openShell } from './guide-shell.ts';

let app: TestApp;
let url: string;
beforeAll(async () => {
  app = await testApp();
  url = await app.listen();
});
afterAll(() => app.close());

/** The last mail to Nora with a match, waiting for it to arrive. */
async function waitForMail(wanted: RegExp): Promise<string> {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = app.mails.findLast((mail) => wanted.test(mail))?.match(wanted)?.[1];
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('No such mail came');
}

/** Steps that the reader does with their eyes and an app: the line with this comment gets the real value. */
type Reader = (secret: string) => Promise<string> | string;
const readers: Record<string, Reader> = {
  'the code from the mail': () => waitForMail(/\b(\d{6}) is your verification code/),
  'what the app shows': (secret) => generateSync({ secret }),
  'the next code that the app shows': (secret) => generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + 30 }),
  'what stands behind #token= in the mail': () => waitForMail(/#token=([\w-]{43})/),
};

it('stops at a refusal instead of continuing', async () => {
  const guide = await readFile(new URL('../../../docs/guides/identity.md', import.meta.url), 'utf8');
  const [helpers = ''] = guide.match(/(?<=```sh\n)URL=.*?(?=```)/s) ?? [];
  const shell = openShell();
  await shell.run(helpers.replace('http://localhost:3000', url.replace(/\/$/, '')));
  const login = `-d '{"email": "nobody@example.org", "password": "grey herons"}'`;
  const printed = await shell.run(`post /auth/login ${login} 2>&1 | pick accessToken 2>&1 || echo refused`);
  shell.close();
  expect(printed).toMatch(/^STOP: .*invalid_credentials.*\nrefused$/);
});

it('runs as written with curl: from signing up to a new password', { timeout: 60_000 }, async () => {
  const guide = await readFile(new URL('../../../docs/guides/identity.md', import.meta.url), 'utf8');
  const blocks = [...guide.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);
  const shell = openShell();
  const answers: Record<string, unknown>[] = [];
  let secret = '';
  for (const block of blocks) {
    let written = block.replace('http://localhost:3000', url.replace(/\/$/, ''));
    for (const [line, name = '', remark = ''] of block.matchAll(/^(\w+)=\S+ # (.+)$/gm)) {
      const reader = readers[remark];
      if (reader === undefined) throw new Error(`Nobody knows ${remark}`);
      written = written.replace(line, `${name}=${await reader(secret)}`);
    }
    const printed = await shell.run(written);
    const answer = printed === '' ? {} : JSON.parse(printed);
    secret = answer.secret ?? secret;
    answers.push(answer);
  }
  shell.close();
  const me = expect.objectContaining({ email: 'nora@example.org', emailVerified: true });
  expect(answers).toEqual([
    {},
    expect.objectContaining({ email: 'nora@example.org', emailVerified: false }),
    expect.objectContaining({ email: 'nora@example.org' }),
    me,
    expect.objectContaining({ email: 'nora@example.org' }),
    expect.objectContaining({ code: 'scope_missing', status: 403 }),
    { method: 'totp', secret, uri: expect.stringContaining(secret) },
    { recoveryCodes: expect.arrayContaining([expect.any(String)]) },
    {},
    { user: me, accessToken: expect.any(String), refreshToken: expect.any(String), expiresIn: 900 },
    {},
    {},
    { challenge: expect.objectContaining({ methods: ['totp', 'recovery'] }) },
  ]);
});
