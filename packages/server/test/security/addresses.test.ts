import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, type TestApp, testApp } from '../app.ts';

let server: TestApp;
let admin: Person;
let workspaceId: string;
/** A service in the internal network, and the requests to it. */
const asked: string[] = [];
const inside = createServer((request, response) => {
  asked.push(String(request.url));
  response.end('secret');
});
let port: number;

beforeAll(async () => {
  server = await testApp();
  admin = await server.person('Ann');
  workspaceId = (await admin.call('workspaces.create', { name: 'Garden' })).id;
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
  ({ port } = inside.address() as AddressInfo);
});
afterAll(async () => {
  await server?.close();
  inside.close();
});

const KEYS = { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) };

describe('S42 URLs from users', () => {
  it.each([
    'https://127.0.0.1:PORT/x',
    'https://127.1:PORT/x',
    'https://2130706433/x',
    'https://0x7f000001/x',
    'https://017700000001/x',
    'https://0.0.0.0:PORT/x',
    'https://[::1]:PORT/x',
    'https://[::]/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://[64:ff9b::7f00:1]/x',
    'https://10.0.0.1/x',
    'https://172.16.0.1/x',
    'https://192.168.1.1/x',
    'https://[fd00::1]/x',
    'https://[fe80::1]/x',
    'https://169.254.169.254/latest/meta-data/',
    'http://push.example.org/x',
    'file:///etc/passwd',
    'gopher://127.0.0.1:PORT/x',
    'postgres://127.0.0.1:PORT/atrium',
    'https://user:secret@push.example.org/x',
    'https://127.0.0.1%2f@push.example.org/x',
    'no address at all',
  ])('a device cannot be reached at %s', async (address) => {
    const { publicKey } = await admin.call('push.key', {});
    const endpoint = address.replace('PORT', String(port));
    const device = { endpoint, keys: KEYS, publicKey, device: 'Phone' };
    await expect(admin.call('push.subscribe', device)).rejects.toMatchObject({
      code: 'invalid_input',
      details: { errors: [expect.objectContaining({ path: 'endpoint' })] },
    });
    expect((await admin.call('push.list', {})).items).toEqual([]);
  });

  it('are never requested if they are only part of a picture or a text', async () => {
    const url = `http://127.0.0.1:${port}`;
    await admin.call('users.updateMe', { avatar: `${url}/avatar.png` });
    const product = { workspaceId, name: 'Spade', price: 100, currency: 'EUR', images: [{ url: `${url}/spade.png` }] };
    await admin.call('products.create', product);
    const [channel] = (await admin.call('conversations.list', { workspaceId })).items;
    await admin.call('messages.send', {
      conversationId: String(channel?.id),
      content: `${url}/page ![picture](${url}/picture.png)`,
      clientMessageId: crypto.randomUUID(),
    });
    await admin.call('tasks.create', { workspaceId, title: 'Read', link: `${url}/task`, description: `${url}/more` });
    await sleep(500);
    expect(asked).toEqual([]);
  });
});
