import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateSync } from 'otplib';
import pg from 'pg';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { startTestSmtp } from '../../src/platform/mail/test-smtp.ts';
import { type ServerProcess, startServer } from '../faults/harness/server.ts';
import { until } from '../faults/harness/until.ts';
import { freePort, workDirectory } from '../faults/harness/work-directory.ts';
import { TEMPLATE } from '../global-setup.ts';
import { recordSocket } from '../socket.ts';

const canary = (name: string) => `canary-${name}-${randomBytes(9).toString('hex')}`;

/** A separate database with a recognizable password. */
async function databaseWith(password: string): Promise<{ url: string; admin: pg.Client }> {
  const clusterUrl = inject('clusterUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const owner = new pg.Client({ connectionString: clusterUrl });
  await owner.connect();
  await owner.query(`create database ${name} template ${TEMPLATE} strategy file_copy`);
  await owner.query(`create role ${name} login superuser password '${password}'`);
  const url = new URL(clusterUrl);
  url.pathname = `/${name}`;
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  onTestFinished(async () => {
    await admin.end();
    await owner.query(`drop database if exists ${name} with (force)`);
    await owner.query(`drop role ${name}`);
    await owner.end();
  });
  url.username = name;
  url.password = password;
  return { url: url.href, admin };
}

/** The whole output of a process, and its answers. */
class Witness {
  readonly secrets = new Map<string, string>();
  /** Places without secrets, by name. */
  readonly places = new Map<string, string>();
  private readonly server: ServerProcess;
  private refusals = 0;

  constructor(server: ServerProcess) {
    this.server = server;
  }

  know<Secret extends string>(name: string, secret: Secret): Secret {
    expect(secret, name).toBeTruthy();
    this.secrets.set(`${name} ${this.secrets.size}`, secret);
    return secret;
  }

  /** Sends a request. A refusal must contain no secret, not even the sender's own. */
  async send(method: string, route: string, options: { body?: unknown; token?: string; headers?: object } = {}) {
    const { body, token, headers } = options;
    const response = await fetch(`${this.server.url}${route}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status >= 400) {
      this.refusals += 1;
      this.places.set(
        `refusal ${this.refusals} of ${method} ${route.split('?')[0]}`,
        text + [...response.headers].join(),
      );
    }
    // biome-ignore lint/suspicious/noExplicitAny: any answer of any route
    let answer: any = {};
    try {
      answer = JSON.parse(text);
    } catch {
      this.places.set(`page ${route}`, text);
    }
    for (const cookie of response.headers.getSetCookie()) this.know('cookie', /=([^;]+)/.exec(cookie)?.[1] ?? '');
    return { status: response.status, body: answer, cookies: response.headers.getSetCookie() };
  }

  /** The places that contain a secret. */
  found(): string[] {
    return [...this.places].flatMap(([place, text]) =>
      [...this.secrets].flatMap(([name, secret]) => (stands(text, secret) ? [`${name} in ${place}`] : [])),
    );
  }
}

/** In any encoding; a short code only as a separate word. */
function stands(text: string, secret: string): boolean {
  if (/^\d{6}$/.test(secret)) return new RegExp(`(?<![\\w-])${secret}(?![\\w-])`).test(text);
  const spellings = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64').replace(/=+$/, '')];
  return [...spellings, Buffer.from(secret).toString('hex')].some((spelling) => text.includes(spelling));
}

/** The whole database as text, without the row that stores secrets. */
async function dump(admin: pg.Client): Promise<Map<string, string>> {
  const { rows: tables } = await admin.query(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') and tablename <> 'identity_secret'`,
  );
  const contents = new Map<string, string>();
  for (const { name } of tables) {
    const { rows } = await admin.query(`select each::text as line from ${name} as each`);
    contents.set(`table ${name}`, rows.map(({ line }) => line).join('\n'));
  }
  return contents;
}

async function commandLines(): Promise<string> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.join('\n').replaceAll('\0', ' ');
}

it('S46 after every sign-in flow, successful or not, no secret is in a wrong place', {
  timeout: 120_000,
}, async () => {
  const [smtpPassword, databasePassword] = [canary('smtp'), canary('database')];
  const smtp = await startTestSmtp({ user: 'atrium', password: smtpPassword });
  onTestFinished(() => smtp.close());
  const database = await databaseWith(databasePassword);
  const directory = await workDirectory(onTestFinished);
  const server = startServer({
    dataDir: path.join(directory, 'data'),
    port: await freePort(),
    env: {
      LOG_LEVEL: 'trace',
      DATABASE_URL: database.url,
      SMTP_URL: smtp.url.replace('smtp://', `smtp://atrium:${smtpPassword}@`),
    },
  });
  let printed = '';
  server.child.stdout?.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  await server.ready();
  const witness = new Witness(server);
  const { know } = { know: witness.know.bind(witness) };
  know('SMTP password', smtpPassword);
  know('database password', databasePassword);
  const api = (method: string, route: string, options?: Parameters<Witness['send']>[2]) =>
    witness.send(method, `/api/v1${route}`, options);
  const waitForMail = async (to: string, wanted: RegExp, after = 0): Promise<string> => {
    let found: string | undefined;
    await until(
      () => {
        const mine = smtp.received.slice(after).filter(({ recipients }) => recipients.includes(to));
        found = mine.map(({ email }) => wanted.exec(`${email.subject}\n${email.text}`)?.[1]).findLast(Boolean);
        return found !== undefined;
      },
      20_000,
      `a mail to ${to} with ${wanted}`,
    );
    return String(found);
  };

  // All successful flows.
  const email = 'ann@example.org';
  const password = know('password', canary('password'));
  expect((await api('POST', '/auth/register', { body: { name: 'Ann', email, password } })).status).toBe(201);
  const otp = know('verification code', await waitForMail(email, /\b(\d{6}) is your verification code/));
  const { body: tokens } = await api('POST', '/auth/login', { body: { email, password } });
  let token = know('access token', tokens.accessToken);
  know('signature', token.split('.')[2] ?? '');
  know('refresh token', tokens.refreshToken);
  expect((await api('POST', '/auth/verify-email', { token, body: { otp } })).status).toBe(200);
  const { body: renewed } = await api('POST', '/auth/refresh', { body: { refreshToken: tokens.refreshToken } });
  know('refresh token', renewed.refreshToken);
  token = know('access token', renewed.accessToken);
  const cookieLogin = await api('POST', '/auth/login', { body: { email, password, transport: 'cookie' } });
  const cookie = cookieLogin.cookies.map((each) => each.split(';')[0]).join('; ');
  expect((await api('GET', '/users/me', { headers: { cookie } })).status).toBe(200);
  const made = await api('POST', '/users/me/tokens', { token, body: { name: 'Program', scopes: ['read'], password } });
  expect(made.status).toBe(201);
  know('API token', made.body.secret);
  expect((await api('GET', '/users/me', { token: made.body.secret })).status).toBe(200);
  const enabled = await api('POST', '/auth/2fa/enable', { token, body: { password } });
  const secret = know('authenticator secret', enabled.body.secret);
  const first = know('authenticator code', generateSync({ secret }));
  const confirmed = await api('POST', '/auth/2fa/confirm', { token, body: { code: first } });
  const recoveryCodes: string[] = confirmed.body.recoveryCodes;
  for (const code of recoveryCodes) {
    know('recovery code', code);
    know('recovery code', code.replaceAll('-', ''));
  }
  const { challenge } = (await api('POST', '/auth/login', { body: { email, password } })).body;
  know('challenge', challenge.id);
  const otpBody = { challengeId: challenge.id, code: recoveryCodes[0] };
  const signedIn = await api('POST', '/auth/verify-otp', { body: otpBody });
  expect(signedIn.status).toBe(200);
  token = know('access token', signedIn.body.accessToken);
  await api('POST', '/auth/forgot-password', { body: { email } });
  const link = know('link', await waitForMail(email, /#token=([\w-]{43})/));
  const newPassword = know('password', canary('password'));
  expect((await api('POST', '/auth/reset-password', { body: { token: link, password: newPassword } })).status).toBe(
    200,
  );
  const bob = 'bob@example.org';
  await api('POST', '/auth/register', { body: { name: 'Bob', email: bob, password } });
  const bobOtp = know('verification code', await waitForMail(bob, /\b(\d{6}) is your verification code/));
  const bobTokens = (await api('POST', '/auth/login', { body: { email: bob, password } })).body;
  const bobToken = know('access token', bobTokens.accessToken);
  expect((await api('POST', '/auth/verify-email', { token: bobToken, body: { otp: bobOtp } })).status).toBe(200);
  await api('POST', '/auth/2fa/enable', { token: bobToken, body: { method: 'email', password } });
  const code = know('mailed code', await waitForMail(bob, /\b(\d{6}) is your code/));
  await api('POST', '/auth/2fa/confirm', { token: bobToken, body: { method: 'email', code } });
  const before = smtp.received.length;
  const { body: half } = await api('POST', '/auth/login', { body: { email: bob, password } });
  know('challenge', half.challenge.id);
  know('mailed code', await waitForMail(bob, /\b(\d{6}) is your code/, before));
  const change = { current: password, password: know('password', canary('password')) };
  expect((await api('POST', '/auth/change-password', { token: bobToken, body: change })).status).toBe(200);
  const socket = await recordSocket(server.url, bobToken);

  // All failing ones.
  const wrong = know('wrong password', canary('wrong'));
  const refused = [
    await api('POST', '/auth/login', { body: { email, password: wrong } }),
    await api('POST', '/auth/login', { body: { email, password: wrong, unknown: wrong } }),
    await api('POST', '/auth/login', { body: { email, password: [wrong] } }),
    await api('POST', '/auth/login', { body: `{"email":"${email}","password":"${wrong}` }),
    await api('POST', '/auth/login', { body: `{"email":"${email}","password":${wrong}}` }),
    await api('POST', '/auth/login', { body: wrong }),
    await api('POST', '/auth/login', { body: { email, password: wrong }, headers: { 'content-type': 'text/plain' } }),
    await api('POST', '/auth/register', { body: { name: 'Ann', email, password: newPassword } }),
    await api('POST', '/auth/register', { body: { name: 'Eve', email: 'eve@example.org', password: wrong.repeat(9) } }),
    await api('POST', '/auth/register', { body: { name: wrong, email: 'eve@example.org', password: wrong } }),
    await api('POST', '/auth/reset-password', { body: { token: link, password: wrong } }),
    await api('POST', '/auth/verify-otp', { body: { challengeId: challenge.id, code: recoveryCodes[1] } }),
    await api('POST', '/auth/verify-email', { token: bobToken, body: { otp: `${otp}x` } }),
    await api('POST', '/auth/refresh', { body: { refreshToken: tokens.refreshToken } }),
    await api('POST', '/auth/refresh', { body: { refreshToken: `${renewed.refreshToken}x` } }),
    await api('GET', '/users/me', { token: tokens.accessToken }),
    await api('GET', '/users/me', { token: wrong }),
    await api('GET', '/users/me', { headers: { authorization: `Basic ${wrong}` } }),
    await api('GET', '/users/me', { headers: { cookie: `atrium_access=${wrong}` } }),
    await api('POST', '/workspaces', { headers: { cookie, origin: 'https://evil.example' }, body: { name: 'Team' } }),
    await api('GET', `/nowhere?token=${bobToken}`),
    await api('GET', `/workspaces?token=${bobToken}`, { token: bobToken }),
    await api('DELETE', `/auth/sessions/${wrong}`, { token: bobToken }),
    await witness.send('GET', `/nowhere?access_token=${bobToken}`),
    await witness.send('GET', `/socket.io/?EIO=4&transport=polling&token=${bobToken}&sid=x`),
  ];
  for (const [at, { status }] of refused.entries()) expect(status, `case ${at}`).toBeGreaterThanOrEqual(400);
  await expect(recordSocket(server.url, wrong)).rejects.toBeDefined();
  const answer = await socket.call('auth.changePassword', { current: wrong, password: wrong, other: wrong });
  witness.places.set('a refusal on the socket', JSON.stringify(answer));
  expect(answer.ok).toBe(false);
  socket.close();

  // All places where secrets could be.
  for (const page of [
    '/docs/first-steps',
    '/docs',
    '/docs/live',
    '/openapi.json',
    '/asyncapi.json',
    '/health/live',
    '/health/ready',
  ]) {
    const response = await fetch(server.url + page);
    expect(response.status, page).toBe(200);
    witness.places.set(`page ${page}`, await response.text());
  }
  const { rows: keys } = await database.admin.query('select content from identity_secret');
  const { signingKeys, dataKeys } = JSON.parse(keys[0].content);
  know('signing key', signingKeys[0].privateKey.d);
  know('data key', dataKeys[0].key);
  const unsent = "select count(*)::int as count from mail where state not in ('sent', 'failed')";
  await until(async () => (await database.admin.query(unsent)).rows[0].count === 0, 20_000, 'all mails are sent');
  for (const [name, content] of await dump(database.admin)) witness.places.set(name, content);
  witness.places.set('the process list', await commandLines());
  await sleep(200);
  expect(await server.stop()).toBe(0);
  witness.places.set('the log', server.log.join('\n'));
  witness.places.set('standard output', printed);
  expect(server.log.length).toBeGreaterThan(10);
  expect(witness.secrets.size).toBeGreaterThan(40);
  expect(witness.found()).toEqual([]);
  // It would be found.
  witness.places.set('a copy', `{"at":"${Buffer.from(newPassword).toString('base64')}","code":${code}}`);
  expect(witness.found()).toHaveLength(2);
});

describe('S46 the embedded database', () => {
  it('requires a password, which it stores as a SCRAM verifier only, and can be reached from this machine only', async () => {
    const url = inject('clusterUrl');
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    onTestFinished(() => client.end());
    const one = async (text: string) => Object.values((await client.query(text)).rows[0] ?? {})[0];
    expect(await one('show listen_addresses')).toBe('127.0.0.1');
    expect(await one('show unix_socket_directories')).toBe('');
    expect(await one('show password_encryption')).toBe('scram-sha-256');
    const { rows } = await client.query("select auth_method from pg_hba_file_rules where type <> 'local'");
    expect(new Set(rows.map(({ auth_method }) => auth_method))).toEqual(new Set(['scram-sha-256']));
    expect(await one("select bool_and(rolpassword like 'SCRAM-SHA-256$%') from pg_authid where rolcanlogin")).toBe(
      true,
    );
    const { port, password } = new URL(url);
    expect(password.length).toBeGreaterThanOrEqual(32);
    // The driver rejects an empty one and leaves the connection open: the database could not be dropped meanwhile.
    for (const wrong of ['postgres', 'wrong']) {
      const guess = new URL(url);
      guess.password = wrong;
      const guesser = new pg.Client({ connectionString: guess.href });
      await expect(guesser.connect()).rejects.toThrow();
    }
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of outside) {
      const elsewhere = new pg.Client({ host: address, port: Number(port), user: 'atrium', password: 'x' });
      await expect(elsewhere.connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    }
  });
});
