import { afterEach, expect, it } from 'vitest';
import { atrium } from '../../test/command.ts';
import { startTestSmtp, type TestSmtp } from '../platform/mail/test-smtp.ts';

let smtp: TestSmtp;
afterEach(() => smtp?.close());

const send = (url: string, to = 'ann@example.org') =>
  atrium(['testmail', to], { env: { SMTP_URL: url, APP_URL: 'https://a.example.org' } });

it('sends one mail from the configured sender', async () => {
  smtp = await startTestSmtp({ user: 'a', password: 'right' });
  const { port } = new URL(smtp.url);
  expect(await send(`smtp://a:right@127.0.0.1:${port}`)).toMatchObject({ code: 0 });
  expect(smtp.received).toHaveLength(1);
  expect(smtp.received[0]?.recipients).toEqual(['ann@example.org']);
  expect(smtp.received[0]?.email.text).toContain('https://a.example.org');
});

it('needs a certificate that is signed, unless SMTP_URL says otherwise', async () => {
  smtp = await startTestSmtp(undefined, { secure: true });
  const refused = await send(smtp.url);
  expect(refused).toMatchObject({ code: 69, stdout: '' });
  expect(refused.stderr).toMatch(/certificate/);
  expect(smtp.received).toHaveLength(0);
  expect(await send(`${smtp.url}?tls.rejectUnauthorized=false`)).toMatchObject({ code: 0 });
  expect(smtp.received).toHaveLength(1);
});

it('says what the server said, and needs an address and a server', async () => {
  smtp = await startTestSmtp();
  smtp.behave = () => ({ code: 550, message: 'no such person' });
  const refused = await send(smtp.url);
  expect(refused).toMatchObject({ code: 69, stdout: '' });
  expect(refused.stderr).toContain('no such person');
  expect(await send(smtp.url, 'nobody')).toMatchObject({ code: 64 });
  expect(await send('')).toMatchObject({ code: 78 });
});
