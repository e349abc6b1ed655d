import { createECDH } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../test/app.ts';
import { atrium } from '../../test/command.ts';
import { type ProxyHabits, type ReverseProxy, startReverseProxy } from '../../test/reverse-proxy.ts';
import type { CheckResult } from '../platform/doctor/index.ts';
import { checkPush } from './checks.ts';
import { echoProof, isEchoProof } from './echo-proof.ts';

let trusting: TestApp;
let trustingNobody: TestApp;
let dataDir: string;
let proxy: ReverseProxy | undefined;
const started: { app: TestApp; url: string }[] = [];
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'atrium-doctor-'));
  await mkdir(path.join(dataDir, 'secrets'), { mode: 0o700 });
  trustingNobody = await testApp({ env: { DATABASE_URL: 'postgres://in-options' } });
  trusting = await testApp({ env: { DATABASE_URL: 'postgres://in-options', TRUST_PROXY: '127.0.0.1' } });
  for (const app of [trustingNobody, trusting]) started.push({ app, url: await app.listen() });
});
afterEach(async () => {
  await proxy?.close();
  proxy = undefined;
});
afterAll(async () => {
  await trusting?.close();
  await trustingNobody?.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function diagnose(app: TestApp, habits: ProxyHabits | undefined) {
  const { url = '' } = started.find((one) => one.app === app) ?? {};
  if (habits !== undefined) proxy = await startReverseProxy(url, habits);
  const env = { DATABASE_URL: app.database.url, DATA_DIR: dataDir, APP_URL: proxy?.url ?? url };
  const ran = await atrium(['doctor', '--json'], { env });
  const { checks } = JSON.parse(ran.stdout) as { checks: CheckResult[] };
  return { ...ran, checks, of: (name: string) => checks.find((check) => check.name === name) };
}

describe('atrium doctor', () => {
  it('finds nothing wrong with an instance that is well, and leaves nothing behind', async () => {
    const { checks, code, stderr } = await diagnose(trustingNobody, undefined);
    expect(checks.filter(({ status, name }) => status === 'failed' && name !== 'disk')).toEqual([]);
    expect(checks.map(({ name }) => name)).toEqual([
      'versions',
      'database',
      'migrations',
      'clock',
      'disk',
      'secrets',
      'files',
      'backup',
      'redis',
      'mail',
      'push',
      'socket',
      'proxy',
    ]);
    expect(code).toBe(checks.some(({ status }) => status === 'failed') ? 1 : 0);
    expect(stderr).toContain('ok      socket');
  });

  it('is content with a proxy that passes everything on', async () => {
    const { of } = await diagnose(trusting, { forwardedFor: true, upgrades: true });
    expect(of('socket')).toMatchObject({ status: 'ok' });
    expect(of('proxy')).toMatchObject({ status: 'ok', found: expect.stringContaining('198.51.100.7') });
  });

  it.each<[string, () => TestApp, ProxyHabits, string, string]>([
    ['does not pass WebSockets on', () => trusting, { forwardedFor: true }, 'socket', 'Upgrade'],
    ['asks for another host', () => trusting, { forwardedFor: true, ownHost: true }, 'proxy', 'Host'],
    ['is not trusted', () => trustingNobody, { forwardedFor: true }, 'proxy', 'TRUST_PROXY=127.0.0.1'],
    ['does not say whom it asks for', () => trusting, {}, 'proxy', 'X-Forwarded-For'],
    ['sends people elsewhere', () => trusting, { redirectTo: 'https://other.example.org' }, 'proxy', 'APP_URL'],
  ])('says what to do about a proxy that %s', async (_what, app, habits, name, next) => {
    const { code, of } = await diagnose(app(), habits);
    expect(of(name)).toMatchObject({ status: 'failed', next: expect.stringContaining(next) });
    expect(code).toBe(1);
  });

  it('says that APP_URL leads nowhere, or to another instance', async () => {
    const env = { DATABASE_URL: trusting.database.url, DATA_DIR: dataDir };
    const nowhere = await atrium(['doctor', '--json'], { env: { ...env, APP_URL: 'http://127.0.0.1:1' } });
    expect(nowhere.stdout).toMatch(/"socket","status":"failed"[\s\S]*"proxy","status":"failed"/);
    const other = await atrium(['doctor', '--json'], { env: { ...env, APP_URL: started[0]?.url ?? '' } });
    expect(other.stdout).toMatch(/"proxy","status":"failed","found":"What answers at .* is not this instance/);
  });

  it('is asked by administrators of the running server, too', async () => {
    const root = await trustingNobody.person('Root');
    const { checks } = await root.call('doctor.run', {});
    expect(checks.map(({ name }) => name)).toContain('proxy');
    expect(checks.find(({ name }) => name === 'database')).toMatchObject({ status: 'ok' });
    const other = await trustingNobody.person('Other');
    await expect(other.call('doctor.run', {})).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('advises a new instance to schedule backups, and warns one that people rely on', async () => {
    const root = await trusting.person('Root');
    const ofBackup = async () => {
      const call = trusting.as({ ...root.actor, role: 'admin' });
      return (await call('doctor.run', {})).checks.find(({ name }) => name === 'backup');
    };
    const next = expect.stringContaining('BACKUP_TO');
    expect(await ofBackup()).toMatchObject({ status: 'ok', next });
    await trusting.database.pool.query("update instance set created_at = created_at - interval '4 days'");
    expect(await ofBackup()).toMatchObject({ status: 'warning', next });
  });

  it('needs an instance', async () => {
    const ran = await atrium(['doctor'], { env: { DATA_DIR: path.join(dataDir, 'nothing-here') } });
    expect(ran).toMatchObject({ code: 78, stdout: '' });
  });
});

describe('what arrives of a request', () => {
  it('is told only to who has the keys, and for a minute', async () => {
    const keys = {
      codeHash: (_context: readonly string[], code: string) => Buffer.alloc(32, code.length),
      isCode: (_context: readonly string[], code: string, hash: Buffer) => hash.equals(Buffer.alloc(32, code.length)),
    };
    const now = new Date();
    const proof = echoProof(keys, now);
    expect(isEchoProof(keys, proof, now)).toBe(true);
    expect(isEchoProof(keys, proof, new Date(now.getTime() + 61_000))).toBe(false);
    expect(isEchoProof(keys, proof, new Date(now.getTime() - 61_000))).toBe(false);
    expect(isEchoProof(keys, `${proof.slice(0, -2)}00`, now)).toBe(false);
    for (const wrong of ['', '?proof=', `?proof=${proof}`, '?proof=a&proof=b']) {
      const answer = await fetch(new URL(`/health/echo${wrong}`, started[0]?.url));
      expect([wrong, answer.status]).toEqual([wrong, 404]);
    }
  });
});

describe('the key for push messages', () => {
  const pair = createECDH('prime256v1');
  const publicKey = pair.generateKeys('base64url');
  const key = { publicKey, privateKey: pair.getPrivateKey('base64url') };
  const check = (about: { appUrl?: string; mailAddress?: string; keys?: (typeof key)[] }) =>
    checkPush(
      { pushKeys: async () => about.keys ?? [key] },
      { appUrl: 'https://chat.acme.com', mailAddress: 'a@acme.com', isPublic: true, ...about },
    );

  it('is good, missing, damaged, without https or without a contact', async () => {
    expect(await check({})).toMatchObject({ status: 'ok' });
    expect(await check({ keys: [] })).toMatchObject({ status: 'failed' });
    expect(await check({ keys: [{ ...key, publicKey: publicKey.replace(/.$/, '-') }] })).toMatchObject({
      status: 'failed',
    });
    expect(await check({ appUrl: 'http://chat.acme.com' })).toMatchObject({ status: 'failed' });
    expect(await check({ appUrl: 'https://10.0.0.1', mailAddress: 'a@localhost' })).toMatchObject({
      status: 'warning',
    });
  });
});
