import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../test/app.ts';
import { linkToken, ownerOfLink } from './downloads/link.ts';
import { downloadName } from './downloads/name.ts';
import { type FilesWorld, filesWorld } from './test/world.ts';

const NAME = 'Génie 劳动合同 "📎".txt';
let world: FilesWorld;
let dan: Person;
let url: string;
let id: string;
let picture: string;
beforeAll(async () => {
  world = await filesWorld();
  dan = await world.app.person('Dan');
  const content = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#a37' } })
    .jpeg()
    .toBuffer();
  const { body } = await world.send([
    { name: NAME, type: 'text/plain', content: '0123456789' },
    { name: 'photo.JPG', type: 'image/jpeg', content },
  ]);
  url = body.attachments[0]?.url ?? '';
  id = body.attachments[0]?.id ?? '';
  picture = body.attachments[1]?.url ?? '';
});
afterAll(() => world.close());

const get = (headers: Record<string, string> = {}, method = 'GET') => world.fetch(url, { headers, method });

describe('S41 a download', () => {
  it('has the exact name, and may neither run nor be guessed at', async () => {
    const response = await get();
    expect(await response.text()).toBe('0123456789');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      'content-disposition': `attachment; filename="G_nie ____ ___.txt"; filename*=UTF-8''G%C3%A9nie%20%E5%8A%B3%E5%8A%A8%E5%90%88%E5%90%8C%20%22%F0%9F%93%8E%22.txt`,
      'content-length': '10',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'content-type': 'text/plain; charset=utf-8',
      etag: `"${id}"`,
      'x-content-type-options': 'nosniff',
    });
  });

  it('shows a picture, and saves it with the extension of what it is', async () => {
    const response = await world.fetch(picture);
    expect(response.headers.get('content-type')).toBe('image/webp');
    expect(response.headers.get('content-disposition')).toMatch(/^inline; filename="photo\.webp"/);
    const thumbnail = await world.fetch(`${picture}/thumbnail`);
    const { format, width, height } = await sharp(Buffer.from(await thumbnail.arrayBuffer())).metadata();
    expect({ format, width, height }).toEqual({ format: 'webp', width: 320, height: 240 });
    expect(downloadName('a.b.jpeg', 'image/jpeg')).toBe('a.b.jpeg');
    expect(downloadName('list.txt', 'text/plain')).toBe('list.txt');
  });

  it('is for who sees the task', async () => {
    expect((await world.fetch(url, { as: dan })).status).toBe(404);
    expect((await world.fetch(url, { as: undefined })).status).toBe(401);
  });

  it.each([
    '/api/v1/attachments/..%2f..%2fetc%2fpasswd/content',
    '/api/v1/attachments/%2fetc%2fpasswd/content',
    '/api/v1/attachments/018f0000-0000-7000-8000-000000000000/content',
    '/api/v1/attachments/none/content',
  ])('of nothing is not found: %s', async (path) => {
    expect((await world.fetch(path)).status).toBe(404);
  });

  it('of a text has no thumbnail', async () => {
    expect((await world.fetch(`${url}/thumbnail`)).status).toBe(404);
  });
});

describe('a range', () => {
  it.each([
    ['bytes=0-1', 206, '01', 'bytes 0-1/10'],
    ['bytes=0-', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=4-', 206, '456789', 'bytes 4-9/10'],
    ['bytes=-5', 206, '56789', 'bytes 5-9/10'],
    ['bytes=-500', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=8-500', 206, '89', 'bytes 8-9/10'],
    ['bytes=9999999-', 416, '', 'bytes */10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=5-2', 200, '0123456789', null],
    ['bytes=0-1,4-5', 200, '0123456789', null],
    ['bytes=x', 200, '0123456789', null],
    ['lines=0-1', 200, '0123456789', null],
  ])('%s', async (range, status, text, shown) => {
    const response = await get({ range });
    expect([response.status, await response.text(), response.headers.get('content-range')]).toEqual([
      status,
      text,
      shown,
    ]);
    if (status === 206) expect(response.headers.get('content-length')).toBe(String(text.length));
  });

  it.each([
    ['the entity tag', () => `"${id}"`, 206],
    ['a weak one', () => `W/"${id}"`, 200],
    ['an old one', () => '"old"', 200],
    ['an old date', () => new Date(0).toUTCString(), 200],
  ])('with If-Range of %s', async (_what, ifRange, status) => {
    const response = await get({ range: 'bytes=0-1', 'if-range': ifRange() });
    expect(response.status).toBe(status);
    await response.text();
  });

  it('with If-Range of its date', async () => {
    const modified = (await get({}, 'HEAD')).headers.get('last-modified') ?? '';
    expect((await get({ range: 'bytes=0-1', 'if-range': modified })).status).toBe(206);
  });

  it('of which only the head is asked for', async () => {
    const whole = await get({}, 'HEAD');
    expect([whole.status, whole.headers.get('content-length'), await whole.text()]).toEqual([200, '10', '']);
    const part = await get({ range: 'bytes=2-4' }, 'HEAD');
    expect([part.status, part.headers.get('content-length')]).toEqual([206, '3']);
  });
});

describe('a condition', () => {
  it.each([
    ['if-none-match', () => `"${id}"`, 304],
    ['if-none-match', () => `"other", W/"${id}"`, 304],
    ['if-none-match', () => '"other"', 200],
    ['if-match', () => `"${id}"`, 200],
    ['if-match', () => `W/"${id}"`, 412],
    ['if-match', () => '*', 200],
    ['if-modified-since', () => new Date(Date.now() + 60_000).toUTCString(), 304],
    ['if-modified-since', () => new Date(0).toUTCString(), 200],
    ['if-modified-since', () => 'yesterday', 200],
    ['if-unmodified-since', () => new Date(0).toUTCString(), 412],
  ])('%s', async (name, value, status) => {
    expect((await get({ [name]: value() })).status).toBe(status);
  });
});

describe('a link', () => {
  const link = async () => (await world.ann.call('attachments.link', { attachmentId: id })).url;
  const pathOf = (address: string) => `${new URL(address).pathname}${new URL(address).search}`;
  const open = (address: string) => world.fetch(pathOf(address), { as: undefined });

  it('needs no session, and says until when it is good', async () => {
    const { url: address, expiresAt } = await world.ann.call('attachments.link', { attachmentId: id });
    expect(await (await open(address)).text()).toBe('0123456789');
    expect(Math.abs(Date.parse(expiresAt) - Date.now() - 300_000)).toBeLessThan(10_000);
  });

  it('is for one file and one variant', async () => {
    const { search } = new URL(await link());
    expect((await world.fetch(`${picture}${search}`, { as: undefined })).status).toBe(404);
    expect((await world.fetch(`${url}/thumbnail${search}`, { as: undefined })).status).toBe(404);
    expect((await world.fetch(`${url}?token=abc`, { as: undefined })).status).toBe(404);
  });

  it('ends after five minutes', () => {
    const same = (_context: readonly string[], secret: Buffer) => secret;
    const plain = { seal: same, unseal: same };
    const named = { attachmentId: id, variant: 'file' } as const;
    const token = linkToken(plain, { ...named, userId: 'ann', expiresAt: 1_000 });
    expect(ownerOfLink(plain, { ...named, token }, new Date(999))).toBe('ann');
    expect(ownerOfLink(plain, { ...named, token }, new Date(1_000))).toBeUndefined();
  });

  it('ends as soon as its person may not read the file any more', async () => {
    const address = await link();
    const { code } = await world.ann.call('workspaces.joinCode', { workspaceId: world.workspaceId });
    await dan.call('workspaces.join', { code });
    const { url: his } = await dan.call('attachments.link', { attachmentId: id });
    expect((await open(his)).status).toBe(200);
    await world.ann.call('members.remove', { workspaceId: world.workspaceId, userId: dan.userId });
    expect((await open(his)).status).toBe(404);
    expect((await open(address)).status).toBe(200);
  });
});

describe('a deleted file', () => {
  it('is gone for everyone, and its bytes soon after', async () => {
    const { body } = await world.send([{ name: 'gone.txt', type: 'text/plain', content: 'x' }]);
    const gone = body.attachments[0];
    await world.ann.call('attachments.delete', { attachmentId: gone?.id ?? '' });
    expect((await world.fetch(gone?.url ?? '')).status).toBe(404);
    const told = await world.app.events(`task:${world.taskId}`);
    expect(told.at(-1)).toMatchObject({ type: 'attachment:deleted', body: { attachmentId: gone?.id } });
    const left = () => sql`select from removed_object`.execute(world.app.database.db);
    await expect.poll(async () => (await left()).rows.length, { timeout: 10_000 }).toBe(0);
    await expect(world.app.app.storage.open(gone?.id ?? '')).rejects.toThrow();
  });
});
