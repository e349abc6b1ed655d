import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ReceivedMail, startTestSmtp, type TestSmtp } from '../../src/platform/mail/test-smtp.ts';
import { PASSWORD } from '../app.ts';
import { startExternalApp, type Wire } from './external-app.ts';

let smtp: TestSmtp;
let wire: Wire;
beforeAll(async () => {
  smtp = await startTestSmtp();
  wire = await startExternalApp({ env: { SMTP_URL: smtp.url, APP_URL: 'https://atrium.example:8443' } });
});
afterAll(async () => {
  await wire.close();
  await smtp.close();
});

let people = 0;
const freshEmail = () => `person${++people}@example.org`;
const register = (name: unknown, email: unknown = freshEmail()) =>
  wire.send('POST', '/auth/register', { body: { name, email, password: PASSWORD } });

const mailTo = (address: string, wanted = 0) =>
  vi.waitFor(
    () => {
      const mails = smtp.received.filter(({ raw }) => raw.toLowerCase().includes(address));
      expect(mails.length).toBeGreaterThan(wanted);
      return mails[wanted] as ReceivedMail;
    },
    { timeout: 10_000 },
  );

/** Only mails to verified addresses contain the name; this one requests a link. */
async function verifyAndForget(email: string): Promise<void> {
  await wire.app.database.pool.query('update account set email_verified_at = now() where email = $1', [email]);
  expect((await wire.send('POST', '/auth/forgot-password', { body: { email } })).status).toBe(200);
}

const headersOf = ({ email }: ReceivedMail) => email.headers.map(({ key }) => key).sort();

describe('S36 names of users', () => {
  it.each([
    'Ann, eve@evil.example',
    'Ann; eve@evil.example',
    'Ann <eve@evil.example>',
    '"Ann" <eve@evil.example>, Bob',
    'Ann\\" <eve@evil.example',
    '=?utf-8?Q?Ann=0D=0ABcc:_eve=40evil.example?=',
    'Bcc: eve@evil.example',
    'Änn Ünicöde 字 😀',
    'x'.repeat(100),
    '字'.repeat(100),
  ])('%j adds no recipient and no header to their mails', async (name) => {
    const usual = freshEmail();
    const email = freshEmail();
    for (const [who, address] of [
      ['Ann', usual],
      [name, email],
    ] as const) {
      expect((await register(who, address)).status).toBe(201);
      await mailTo(address);
      await verifyAndForget(address);
    }
    const received = await mailTo(email, 1);
    expect(received.recipients).toEqual([email]);
    expect(headersOf(received)).toEqual(headersOf(await mailTo(usual, 1)));
    expect(received.email.to).toHaveLength(1);
    const [to] = received.email.to ?? [];
    expect(to).toMatchObject({ address: email });
    expect(to?.name.replace('\u2060', '')).toBe(name);
    expect(received.raw.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/im);
  });

  it.each(['Ann\r\nBcc: eve@evil.example', 'Ann\nBcc: eve@evil.example', 'Ann\rX: y', 'Ann\u0000', '\ud800Ann'])(
    '%j is refused: names cannot have line breaks',
    async (name) => {
      expect((await register(name)).status).toBe(400);
    },
  );

  it.each([
    'ann@example.org\r\nBcc: eve@evil.example',
    'ann@example.org, eve@evil.example',
    'ann@example.org;eve@evil.example',
    '<ann@example.org>',
    '"a b"@example.org',
    'ann@example.org>',
    'ann@[127.0.0.1]',
    `${'x'.repeat(250)}@example.org`,
  ])('the address %j is refused', async (email) => {
    expect((await register('Ann', email)).status).toBe(400);
  });
});

describe('S37 links in mails', () => {
  /** fetch does not allow setting the Host header. */
  function ask(path: string, body: object, headers: Record<string, string>): Promise<number> {
    return new Promise((resolve, reject) => {
      const asking = request(
        `${wire.origin}${path}`,
        { method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
        (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? 0));
        },
      );
      asking.on('error', reject);
      asking.end(JSON.stringify(body));
    });
  }

  it('lead to APP_URL, whatever host the request has', async () => {
    const email = freshEmail();
    await register('Ann', email);
    await mailTo(email);
    const poison = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'ftp',
      'x-host': 'evil.example',
      forwarded: 'host=evil.example',
      origin: 'https://evil.example',
      referer: 'https://evil.example/',
    };
    expect(await ask('/api/v1/auth/forgot-password', { email }, poison)).toBe(200);
    const { email: mail, raw } = await mailTo(email, 1);
    expect(raw).not.toContain('evil.example');
    const links = [...`${mail.text} ${mail.html}`.matchAll(/https?:\/\/[^\s"<]+/g)].map(([link]) => link);
    expect(links.length).toBeGreaterThanOrEqual(4);
    for (const link of links) expect(link).toMatch(/^https:\/\/atrium\.example:8443(\/|$)/);
    // The secret is in the fragment, which is sent to no server and no other site.
    const token = /#token=([\w-]{43})/.exec(String(mail.text))?.[1];
    expect(token).toBeDefined();
    for (const link of links.filter((each) => each.includes(String(token)))) {
      expect(new URL(link).hash).toContain(String(token));
      expect(`${new URL(link).pathname}${new URL(link).search}`).not.toContain(String(token));
    }
  });

  it('are not sent for a request with another host name', async () => {
    const email = freshEmail();
    await register('Ann', email);
    await mailTo(email);
    for (const host of ['evil.example', 'atrium.example.evil.example', 'evil.example:80']) {
      expect(await ask('/api/v1/auth/forgot-password', { email }, { host })).toBe(400);
    }
    expect(await ask('/api/v1/auth/forgot-password', { email }, { host: 'atrium.example' })).toBe(200);
    await mailTo(email, 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(smtp.received.filter(({ recipients }) => recipients.includes(email))).toHaveLength(2);
  });

  it('are also in a plain text with the same content', async () => {
    const email = freshEmail();
    await register('Ann & <b>Bob</b>', email);
    const { email: first } = await mailTo(email);
    const code = /\b\d{6}\b/.exec(String(first.text))?.[0];
    expect(first.html).toContain(code);
    await verifyAndForget(email);
    const { email: mail } = await mailTo(email, 1);
    expect(mail.text).toContain('Ann & <b>Bob</b>');
    expect(mail.html).toContain('Ann &amp; &lt;b&gt;Bob&lt;/b&gt;');
    expect(mail.html).not.toContain('<b>Bob');
    expect(mail.html).not.toMatch(/<img|<script|<link|http:\/\//i);
  });
});
