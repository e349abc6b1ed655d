import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, type Person, type TestApp, testApp } from '../../../test/app.ts';
import { allowedMs } from '../../../test/faults/harness/run-length.ts';
import { until } from '../../../test/faults/harness/until.ts';
import { type Receiver, startReceiver } from './test/receiver.ts';

const SOON_MS = allowedMs(20_000);

let app: TestApp;
let ann: Person;
let workspaceId: string;
let general: string;
let receiver: Receiver;

/** A public server whose operator allows one port on this machine. */
beforeAll(async () => {
  receiver = await startReceiver();
  app = await testApp({ isPublic: true, env: { WEBHOOK_PRIVATE_HOSTS: new URL(receiver.url).host } });
  const setupToken = app.app.setupPath?.split('=').at(-1);
  await app.call('auth.register', { name: 'Root', email: 'root@example.org', password: PASSWORD, setupToken });
  ann = await app.person('Ann');
  workspaceId = (await ann.call('workspaces.create', { name: 'Garden' })).id;
  general = (await ann.call('conversations.list', { workspaceId })).items[0]?.id ?? '';
});
afterAll(async () => {
  await app?.close();
  await receiver.close();
});

const make = (url: string) =>
  ann.call('webhookEndpoints.create', { workspaceId, url, eventTypes: ['message:receive'] });
const say = (content: string) =>
  ann.call('messages.send', { conversationId: general, content, clientMessageId: randomUUID() });
const log = async (endpointId: string) =>
  (await ann.call('webhookEndpoints.deliveries', { workspaceId, endpointId })).items;

describe('S42 allowed URLs of an endpoint', () => {
  const refused = (url: string) =>
    expect(make(url), url).rejects.toMatchObject({
      code: 'invalid_input',
      details: { errors: [{ path: 'url' }] },
    });

  it.each([
    'http://hooks.example.org/x',
    'https://127.0.0.1@10.0.0.1/x',
    'https://10.0.0.1/x',
    'https://172.16.0.1/x',
    'https://192.168.1.1/x',
    'https://169.254.169.254/latest/meta-data',
    'https://0.0.0.0/x',
    'https://2130706433/x',
    'https://0x7f000001/x',
    'https://0177.0.0.1/x',
    'https://127.1/x',
    'https://224.0.0.1/x',
    'https://[::]/x',
    'https://[fe80::1]/x',
    'https://[fd00:ec2::254]/x',
    'https://[::ffff:169.254.169.254]/x',
    'https://user:pw@hooks.example.org/x',
    'ftp://hooks.example.org/x',
    'file:///etc/passwd',
  ])('is not %s', (url) => refused(url));

  it('exclude names that resolve to a private network, checked on each request', async () => {
    const { id } = await make('https://localhost/x');
    await say('nothing');
    await until(async () => (await log(id))[0]?.answer != null, SOON_MS, 'it was tried');
    expect((await log(id))[0]).toMatchObject({ status: null, answer: 'the address leads into a private network' });
  });

  it('exclude targets of redirects', async () => {
    const inner = await startReceiver();
    try {
      receiver.behave = () => ({ status: 307, headers: { location: inner.url } });
      const { id } = await make(receiver.url);
      await say('nothing');
      await until(async () => (await log(id))[0]?.status === 307, SOON_MS, 'the answer is written down');
      expect(inner.received).toEqual([]);
    } finally {
      await inner.close();
    }
  });
});
