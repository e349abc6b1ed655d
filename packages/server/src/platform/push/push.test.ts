import { createECDH, createPublicKey } from 'node:crypto';
import { jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PushMessage, type PushSender, sendPush } from './send.ts';
import { pushSubject } from './subject.ts';
import { startTestPushService, type TestPushService } from './test-push-service.ts';

const pair = createECDH('prime256v1');
pair.generateKeys();
const sender: PushSender = {
  subject: 'mailto:root@atrium.dev',
  publicKey: pair.getPublicKey('base64url'),
  privateKey: pair.getPrivateKey().toString('base64url').padStart(43, 'A'),
};
const message: PushMessage = {
  payload: '{"title":"Größe 日本 🎉"}',
  topic: 'a'.repeat(32),
  ttlSeconds: 60,
  urgency: 'high',
};

let service: TestPushService;
beforeEach(async () => {
  service = await startTestPushService();
});
afterEach(() => service.close());

const send = (over: { allowed?: string[]; timeoutMs?: number } = {}) =>
  sendPush(service.device().target, message, {
    allowed: new Set(over.allowed ?? [service.host]),
    now: new Date(),
    sender,
    signal: AbortSignal.timeout(over.timeoutMs ?? 5_000),
  });

describe('sendPush', () => {
  test('encrypts for the device, with sender, topic and lifetime', async () => {
    expect(await send()).toEqual({ state: 'sent' });
    const [{ headers, text }] = service.received as [TestPushService['received'][number]];
    expect(text).toBe(message.payload);
    expect(headers).toMatchObject({
      ttl: '60',
      topic: message.topic,
      urgency: 'high',
      'content-encoding': 'aes128gcm',
    });
    const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(headers.authorization ?? '') ?? [];
    expect(key).toBe(sender.publicKey);
    const point = pair.getPublicKey();
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    };
    const { payload } = await jwtVerify(token, createPublicKey({ key: jwk, format: 'jwk' }), { audience: service.url });
    expect(payload.sub).toBe(sender.subject);
    expect(Number(payload.exp) - Date.now() / 1_000).toBeLessThanOrEqual(86_400);
  });

  test.each([
    [{ status: 201 }, { state: 'sent' }],
    [{ status: 404 }, { state: 'gone' }],
    [{ status: 410 }, { state: 'gone' }],
    [
      { status: 429, headers: { 'retry-after': '120' } },
      { state: 'retry', reason: '429', afterMs: 120_000 },
    ],
    [
      { status: 503, body: 'busy' },
      { state: 'retry', reason: '503 busy' },
    ],
    [
      { status: 403, body: 'BadJwtToken' },
      { state: 'failed', reason: '403 BadJwtToken' },
    ],
    [{ status: 413 }, { state: 'failed', reason: '413' }],
    [
      { status: 302, headers: { location: 'http://127.0.0.1:9/' } },
      { state: 'failed', reason: '302' },
    ],
  ])('%j is %j', async (behaviour, result) => {
    service.behave = () => behaviour;
    expect(await send()).toEqual(result);
    expect(service.received).toHaveLength(1);
  });

  test('waits until the date of Retry-After, and a day at most', async () => {
    service.behave = () => ({ status: 429, headers: { 'retry-after': new Date(Date.now() + 9e9).toUTCString() } });
    expect(await send()).toMatchObject({ state: 'retry', afterMs: 86_400_000 });
  });

  test('does not wait for a hanging service', async () => {
    service.behave = () => 'hang';
    expect(await send({ timeoutMs: 200 })).toMatchObject({ state: 'retry' });
  });

  test('does not call a private address that is not allowed', async () => {
    expect(await send({ allowed: [] })).toMatchObject({ state: 'failed' });
    // The name is public, its address is not: the guard checks on connecting.
    const target = { ...service.device().target, endpoint: `https://localhost:${service.host.split(':')[1]}/x` };
    const signal = AbortSignal.timeout(5_000);
    expect(await sendPush(target, message, { allowed: new Set(), now: new Date(), sender, signal })).toEqual({
      state: 'retry',
      reason: 'the address leads into a private network',
    });
    expect(service.received).toEqual([]);
  });
});

test.each([
  ['https://atrium.acme.dev/team', 'a@localhost', 'https://atrium.acme.dev', true],
  ['http://localhost:3000', 'atrium@acme.dev', 'mailto:atrium@acme.dev', true],
  ['http://localhost:3000', 'atrium@localhost', 'mailto:atrium@localhost', false],
  ['https://atrium.local', 'atrium@mail.invalid', 'mailto:atrium@mail.invalid', false],
  ['https://192.168.1.2', 'atrium@example.com', 'mailto:atrium@example.com', false],
])('the contact of %s and %s', (appUrl, mail, subject, isUsable) => {
  expect(pushSubject(appUrl, mail)).toEqual({ subject, isUsable });
});
