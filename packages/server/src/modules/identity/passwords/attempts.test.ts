import { auth } from '@atrium/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type IdentityApp, identityApp, PASSWORD } from '../test/identity-app.ts';

let app: IdentityApp;
beforeAll(async () => {
  app = await identityApp({}, { narrow: true });
});
afterAll(() => app.close());

/** Each test uses its own network, so that attempts of different tests are not counted together. */
let network = 0;
beforeEach(() => {
  network += 1;
});
const here = (ip: string) => ip.replace(/^\d+\./, `${network}.`);

const login = (email: string, password: string, ip: string) =>
  app.call(auth.login, { email, password }, { ip: here(ip) });
const wrong = (email: string, ip: string) =>
  login(email, 'wrong horse battery', ip).then(
    () => 'in',
    (error: { code: string }) => error.code,
  );
/** How often each answer was given. */
function tally(codes: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

describe('S11 wrong passwords', () => {
  it('from one address are limited to exactly five in fifteen minutes, however parallel', async () => {
    const codes = await Promise.all(Array.from({ length: 50 }, (_, at) => wrong(`p${at}@example.org`, '192.0.2.1')));
    expect(tally(codes)).toEqual({ invalid_credentials: 5, rate_limited: 45 });
  });

  it.each(['known', 'unknown'])(
    'for one e-mail address (%s) are limited to five too, wherever they come from',
    async (name) => {
      const email = `${name}@example.org`;
      if (name === 'known') await app.register({ email });
      const codes = await Promise.all(Array.from({ length: 50 }, (_, at) => wrong(email, `198.51.100.${at}`)));
      expect(tally(codes)).toEqual({ invalid_credentials: 5, rate_limited: 45 });
    },
  );

  it('lock nobody out: the right password is accepted from elsewhere, and resets the count', async () => {
    const { email } = await app.register();
    for (let at = 0; at < 8; at += 1) await wrong(email, `198.51.100.${at}`);
    expect(await wrong(email, '203.0.113.1')).toBe('rate_limited');
    await expect(login(email, PASSWORD, '203.0.113.7')).resolves.toBeDefined();
    expect(await wrong(email, '203.0.113.8')).toBe('invalid_credentials');
  });

  it('of a colleague do not lock out others in the same office', async () => {
    const [ann, ben, cat] = [await app.register(), await app.register(), await app.register()];
    const office = '192.0.2.8';
    for (let at = 0; at < 5; at += 1) expect(await wrong(ben.email, office)).toBe('invalid_credentials');
    expect(await wrong(ben.email, office)).toBe('rate_limited');
    expect(await wrong(cat.email, office)).toBe('invalid_credentials');
    await expect(login(cat.email, PASSWORD, office)).resolves.toBeDefined();
    await expect(login(ann.email, PASSWORD, office)).resolves.toBeDefined();
    await expect(login(ben.email, PASSWORD, office)).rejects.toMatchObject({ code: 'rate_limited' });
  });

  it('for many accounts do not lock out people who signed in from that address before', async () => {
    const [known, strange] = [await app.register(), await app.register()];
    const office = '192.0.2.7';
    await login(known.email, PASSWORD, office);
    for (let at = 0; at < 5; at += 1) await wrong(`victim${at}@example.org`, office);
    for (const email of [known.email, strange.email, 'victim5@example.org']) {
      expect(await wrong(email, office)).toBe('rate_limited');
    }
    await expect(login(strange.email, PASSWORD, office)).rejects.toMatchObject({ code: 'rate_limited' });
    await expect(login(known.email, PASSWORD, office)).resolves.toBeDefined();
    for (let at = 0; at < 5; at += 1) await wrong(known.email, office);
    await expect(login(known.email, PASSWORD, office)).rejects.toMatchObject({ code: 'rate_limited' });
  });

  it('are reset for an address when the owner signs in, but only those for that account', async () => {
    const { email } = await app.register();
    const ip = '192.0.2.9';
    for (let round = 0; round < 3; round += 1) {
      for (let at = 0; at < 4; at += 1) expect(await wrong(email, ip)).toBe('invalid_credentials');
      await login(email, PASSWORD, ip);
    }
    for (let at = 0; at < 4; at += 1) await wrong(`victim${at}@example.org`, ip);
    await login(email, PASSWORD, ip);
    expect(await wrong('victim4@example.org', ip)).toBe('invalid_credentials');
    expect(await wrong('victim5@example.org', ip)).toBe('rate_limited');
  });

  it('from one address are limited to 100, whichever accounts they are for', async () => {
    const ip = '192.0.2.6';
    const known = await app.register();
    await login(known.email, PASSWORD, ip);
    const codes = await Promise.all(Array.from({ length: 100 }, (_, at) => wrong(`q${at}@example.org`, ip)));
    expect(tally(codes)).toEqual({ invalid_credentials: 5, rate_limited: 95 });
    // The password is not checked, not even for an account that signed in from there.
    await expect(login(known.email, PASSWORD, ip)).rejects.toMatchObject({ code: 'rate_limited' });
  });

  it('S30 of one IPv6 subscriber are counted together', async () => {
    const codes = [];
    for (let at = 0; at < 6; at += 1) codes.push(await wrong(`p${at}@example.org`, `2001:db8:1:2:${at}::1`));
    expect(tally(codes)).toEqual({ invalid_credentials: 5, rate_limited: 1 });
    expect(await wrong('p7@example.org', '2001:db8:1:3::1')).toBe('invalid_credentials');
  });
});

describe('S12 a hundred wrong passwords in a row', () => {
  it('pauses password sign-in until a mailed link is used', async () => {
    const ann = await app.person();
    const { email, me } = ann;
    await app.query('update account set failed_sign_ins = 98 where id = $1', [me.id]);
    await wrong(email, '198.51.100.1');
    await expect(login(email, PASSWORD, '198.51.100.2')).resolves.toBeDefined();
    await app.query('update account set failed_sign_ins = 98 where id = $1', [me.id]);
    await Promise.all(Array.from({ length: 20 }, (_, at) => wrong(email, `198.51.100.${at + 20}`)));
    await expect(login(email, PASSWORD, '203.0.113.1')).rejects.toMatchObject({ code: 'invalid_credentials' });
    const mails = (await app.mails(email)).filter((mail) => String(mail.text).includes('reopen-sign-in#token='));
    expect(mails).toHaveLength(1);
    expect((await app.audit(me.id)).filter(({ kind }) => kind === 'password_paused')).toHaveLength(1);
    await expect(app.authenticate(ann.accessToken)).resolves.toBeDefined();
    const token = await app.linkToken(email);
    await expect(app.call(auth.resetPassword, { token, password: 'a wholly new phrase' })).rejects.toMatchObject({
      code: 'link_wrong',
    });
    expect(await app.call(auth.reopenSignIn, { token })).toEqual({});
    await expect(app.call(auth.reopenSignIn, { token })).rejects.toMatchObject({ code: 'link_wrong' });
    await expect(login(email, PASSWORD, '203.0.113.2')).resolves.toBeDefined();
  });

  it('is reset by a new password too', async () => {
    const { id, email } = await app.register();
    await app.query('update account set failed_sign_ins = 100, password_paused_at = now() where id = $1', [id]);
    await app.mailResetLink(id);
    const password = 'a wholly new phrase';
    await app.call(auth.resetPassword, { token: await app.linkToken(email), password });
    await expect(login(email, password, '203.0.113.1')).resolves.toBeDefined();
  });
});

it('limits links to three an hour per address, and three mails per account', async () => {
  const { id, email } = await app.register();
  const ask = (ip: string) => app.call(auth.forgotPassword, { email }, { ip: here(ip) });
  const codes = await Promise.allSettled(Array.from({ length: 6 }, () => ask('192.0.2.1')));
  expect(codes.filter((result) => result.status === 'fulfilled')).toHaveLength(3);
  expect(await ask('192.0.2.2')).toEqual({});
  const jobs = await app.query("select data::text from bullmq.job where name = 'identity.mail_reset_link'");
  expect(jobs).toHaveLength(4);
  expect(jobs.filter(({ data }) => String(data).includes(id))).toHaveLength(3);
});
