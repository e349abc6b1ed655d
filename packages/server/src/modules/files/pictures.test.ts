import { randomUUID } from 'node:crypto';
import { avatarOfFile, sizes } from '@atrium/protocol';
import { sql } from 'kysely';
import pino from 'pino';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../test/app.ts';
import { clearAll } from './cleanup/clear.ts';
import { sweepAll } from './cleanup/sweep.ts';
import { type FilesWorld, filesWorld } from './test/world.ts';

const never = new AbortController().signal;
let world: FilesWorld;
let ann: Person;
/** Works with Ann. */
let ben: Person;
/** Shares nothing with them. */
let cleo: Person;
let admin: Person;
let workspaceId: string;
beforeAll(async () => {
  world = await filesWorld();
  ({ ann, workspaceId } = world);
  [ben, cleo, admin] = await Promise.all([world.app.person('Ben'), world.app.person('Cleo'), world.app.person('Ada')]);
  const { code } = await ann.call('workspaces.joinCode', { workspaceId });
  await ben.call('workspaces.join', { code });
  await sql`update account set role = 'user'`.execute(world.app.database.db);
  await sql`update account set role = 'admin' where id = ${admin.userId}`.execute(world.app.database.db);
});
afterAll(() => world.close());

/** A photo with a place in its metadata. */
const photo = (background = '#3a7', width = 600, height = 400) =>
  sharp({ create: { width, height, channels: 3, background } })
    .withExif({ IFD0: { Copyright: 'Ann' }, IFD3: { GPSLatitude: '51/1 30/1 0/1', GPSLatitudeRef: 'N' } })
    .jpeg()
    .toBuffer();

async function upload(as = ann, input: { workspaceId?: string } = {}, count = 1): Promise<string[]> {
  const files = [];
  for (let at = 0; at < count; at += 1) files.push({ name: 'me.jpg', type: 'image/jpeg', content: await photo() });
  return (await as.call('attachments.upload', input, { files })).attachments.map(({ id }) => id);
}
const uploadOne = async (as = ann, input = {}) => (await upload(as, input))[0] ?? '';
const pathOf = (id: string) => `/api/v1/attachments/${id}/content`;
const status = async (path: string, as?: Person) => (await world.fetch(path, { as })).status;
const rows = async (ids: readonly string[]) => {
  const found = await sql<{ id: string }>`select id from attachment where id = any(${ids}::uuid[])`.execute(
    world.app.database.db,
  );
  return ids.filter((id) => found.rows.some((row) => row.id === id));
};
const deps = (hoursLater = 0) => ({
  clock: { now: () => new Date(Date.now() + hoursLater * 3_600_000) },
  database: world.app.database,
  log: pino({ level: 'silent' }),
  storage: world.app.app.storage,
});
const objects = async () => {
  const keys: string[] = [];
  for await (const { key } of world.app.app.storage.list()) keys.push(key);
  return keys;
};

describe('the picture of a person', () => {
  it('is an upload without a workspace, made smaller and freed of its metadata', async () => {
    const id = await uploadOne();
    const me = await ann.call('users.updateMe', { avatar: pathOf(id) });
    expect(me.avatar).toBe(avatarOfFile(id));
    expect((await ben.call('users.get', { userId: ann.userId })).avatar).toBe(avatarOfFile(id));
    const response = await world.fetch(avatarOfFile(id), { as: ben });
    expect(response.headers.get('content-type')).toBe('image/webp');
    const shown = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    expect([shown.width, shown.height, shown.exif]).toEqual([320, 213, undefined]);
    expect(await ann.call('attachments.usage', { workspaceId })).toMatchObject({ files: 0, bytes: 0 });
    expect(await ann.call('users.updateMe', { avatar: avatarOfFile(id) })).toEqual(me);
  });

  it('is seen by who sees the person, and by who runs the server', async () => {
    const id = await uploadOne();
    expect([await status(pathOf(id), ann), await status(pathOf(id), ben)]).toEqual([200, 404]);
    await ann.call('users.updateMe', { avatar: pathOf(id) });
    expect(await status(pathOf(id), ann)).toBe(200);
    expect(await status(pathOf(id), ben)).toBe(200);
    expect(await status(pathOf(id), admin)).toBe(200);
    expect(await status(pathOf(id), cleo)).toBe(404);
    expect(await status(pathOf(id))).toBe(401);
    const { url } = await ben.call('attachments.link', { attachmentId: id, variant: 'thumbnail' });
    const { pathname, search } = new URL(url);
    expect(await status(pathname + search)).toBe(200);
  });

  it('takes the old one with it when it is replaced or removed', async () => {
    const [first = '', second = '', third = ''] = await upload(ann, {}, 3);
    await ann.call('users.updateMe', { avatar: pathOf(first) });
    await ann.call('users.updateMe', { avatar: pathOf(second) });
    expect(await rows([first, second])).toEqual([second]);
    await ann.call('users.updateMe', { avatar: 'https://example.org/a.png' });
    expect(await rows([first, second])).toEqual([]);
    await ann.call('users.updateMe', { avatar: pathOf(third) });
    await ann.call('attachments.delete', { attachmentId: third });
    expect((await ann.call('users.me', {})).avatar).toBeNull();
    await clearAll(deps(), never);
    const left = await objects();
    for (const id of [first, second, third]) expect(left.filter((key) => key.startsWith(id))).toEqual([]);
  });

  it('is not deleted by others', async () => {
    const id = await uploadOne();
    await ann.call('users.updateMe', { avatar: pathOf(id) });
    await expect(ben.call('attachments.delete', { attachmentId: id })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(cleo.call('attachments.delete', { attachmentId: id })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('stays while it is shown, by the clearing and the sweep', async () => {
    const [shown = '', unused = ''] = await upload(ann, {}, 2);
    await ann.call('users.updateMe', { avatar: pathOf(shown) });
    await clearAll(deps(25), never);
    expect(await rows([shown, unused])).toEqual([shown]);
    expect(await sweepAll(deps(50), never)).toEqual({ deleted: [], lost: [] });
    expect(await status(pathOf(shown), ben)).toBe(200);
  });

  it('goes with the account', async () => {
    const dan = await world.app.person('Dan');
    const [shown = '', unused = ''] = await upload(dan, {}, 2);
    await dan.call('users.updateMe', { avatar: pathOf(shown) });
    await dan.call('users.delete', { password: dan.password });
    expect(await rows([shown, unused])).toEqual([]);
  });

  it('is left as it was when the change is refused', async () => {
    const [shown = '', other = ''] = await upload(ann, {}, 2);
    const { version } = await ann.call('users.updateMe', { avatar: pathOf(shown) });
    const late = ann.call('users.updateMe', { avatar: pathOf(other), version: version - 1 });
    await expect(late).rejects.toMatchObject({ code: 'version_conflict' });
    const taken = await ben.call('users.updateMe', { username: 'taken.name' });
    const doubled = ann.call('users.updateMe', { avatar: pathOf(other), username: taken.username });
    await expect(doubled).rejects.toMatchObject({ code: 'username_taken' });
    expect(await rows([shown, other])).toEqual([shown, other]);
    expect(await status(pathOf(shown), ben)).toBe(200);
  });

  it.each([
    ['of somebody else', () => uploadOne(ben)],
    ['of a workspace', () => uploadOne(ann, { workspaceId })],
    ['that does not exist', async () => randomUUID()],
  ])('cannot be a file %s', async (_what, file) => {
    const before = (await ann.call('users.me', {})).avatar;
    const refused = ann.call('users.updateMe', { avatar: pathOf(await file()) });
    await expect(refused).rejects.toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'avatar' }] } });
    expect((await ann.call('users.me', {})).avatar).toBe(before);
  });

  it('can only be a picture', async () => {
    const files = [{ name: 'cv.txt', type: 'text/plain', content: 'Roses' }];
    await expect(ann.call('attachments.upload', {}, { files })).rejects.toMatchObject({ code: 'bad_type' });
    const drawn = [{ name: 'me.svg', type: 'image/svg+xml', content: '<svg xmlns="http://www.w3.org/2000/svg"/>' }];
    await expect(ann.call('attachments.upload', {}, { files: drawn })).rejects.toMatchObject({ code: 'bad_type' });
  });

  it('has a bound of its own, also at the same moment', async () => {
    const eve = await world.app.person('Eve');
    const sent = await Promise.allSettled(Array.from({ length: 5 }, () => upload(eve, {}, 6)));
    expect(sent.filter(({ status: outcome }) => outcome === 'fulfilled')).toHaveLength(Math.floor(sizes.ownFiles / 6));
    const refused = sent.find((each) => each.status === 'rejected');
    expect(refused).toMatchObject({ reason: { code: 'quota_exceeded' } });
  });
});

describe('a picture of a product', () => {
  const add = (fields: Record<string, unknown> = {}) =>
    ann.call('products.create', { workspaceId, name: 'Spade', price: 1250, currency: 'EUR', ...fields });
  const ofWorkspace = (count = 1) => upload(ann, { workspaceId }, count);

  it('is uploaded to the workspace and named in the product, with words and a place of its size', async () => {
    const [first = '', second = ''] = await ofWorkspace(2);
    const product = await add({
      images: [{ fileId: second, alt: 'The handle' }, { fileId: first }, { url: 'https://example.org/spade.png' }],
    });
    expect(product.images).toEqual([
      {
        fileId: second,
        url: pathOf(second),
        alt: 'The handle',
        image: { width: 600, height: 400, placeholder: expect.any(String), thumbnailUrl: avatarOfFile(second) },
      },
      expect.objectContaining({ fileId: first, alt: '' }),
      { fileId: null, url: 'https://example.org/spade.png', alt: '' },
    ]);
    expect(await ann.call('products.get', { productId: product.id })).toEqual(product);
    expect(await ann.call('attachments.usage', { workspaceId })).toMatchObject({ files: expect.any(Number) });
  });

  it('is put in another order, given other words and taken away', async () => {
    const [first = '', second = ''] = await ofWorkspace(2);
    const { id: productId, images } = await add({ images: [{ fileId: first }, { fileId: second }] });
    const same = await ann.call('products.update', { productId, images: [{ fileId: first }, { fileId: second }] });
    expect([same.version, same.images]).toEqual([1, images]);
    const turned = await ann.call('products.update', {
      productId,
      images: [{ fileId: second, alt: 'Back' }, { fileId: first }],
    });
    expect(turned).toMatchObject({ version: 2, images: [{ fileId: second, alt: 'Back' }, { fileId: first }] });
    await ann.call('products.update', { productId, images: [{ fileId: first }] });
    expect(await rows([first, second])).toEqual([first]);
    await ann.call('attachments.delete', { attachmentId: first });
    expect((await ann.call('products.get', { productId })).images).toEqual([]);
    await clearAll(deps(), never);
    expect((await objects()).filter((key) => key.startsWith(first) || key.startsWith(second))).toEqual([]);
  });

  it('is seen by who sees the product: by anyone while the shop is public', async () => {
    const [file = ''] = await ofWorkspace();
    const { id: productId } = await add({ images: [{ fileId: file }] });
    const seen = async () => [
      await status(pathOf(file), ben),
      await status(pathOf(file), cleo),
      await status(pathOf(file)),
      await status(`${pathOf(file)}/thumbnail`),
    ];
    expect(await seen()).toEqual([200, 404, 401, 401]);
    await ann.call('shops.update', { workspaceId, public: true });
    expect(await seen()).toEqual([200, 200, 200, 200]);
    await ann.call('products.update', { productId, active: false });
    expect(await seen()).toEqual([200, 404, 401, 401]);
    await ann.call('products.update', { productId, active: true });
    await ann.call('shops.update', { workspaceId, public: false });
    expect(await seen()).toEqual([200, 404, 401, 401]);
  });

  it('is deleted by who may change the product alone', async () => {
    const [file = ''] = await ofWorkspace();
    await add({ images: [{ fileId: file }] });
    await expect(ben.call('attachments.delete', { attachmentId: file })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(cleo.call('attachments.delete', { attachmentId: file })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('goes with the product, and with the workspace', async () => {
    const [first = ''] = await ofWorkspace();
    const { id: productId } = await add({ images: [{ fileId: first }, { url: 'https://example.org/a.png' }] });
    await ann.call('products.delete', { productId });
    expect(await rows([first])).toEqual([]);
    const other = await ann.call('workspaces.create', { name: 'Gone' });
    const [second = ''] = await upload(ann, { workspaceId: other.id });
    const product = { workspaceId: other.id, name: 'Rake', price: 1, currency: 'EUR', images: [{ fileId: second }] };
    await ann.call('products.create', product);
    await ann.call('workspaces.delete', { workspaceId: other.id });
    await clearAll(deps(), never);
    expect(await rows([second])).toEqual([]);
  });

  it('stays while it is shown, by the clearing and the sweep', async () => {
    const [file = ''] = await ofWorkspace();
    await add({ images: [{ fileId: file }] });
    await clearAll(deps(25), never);
    expect(await rows([file])).toEqual([file]);
    expect(await sweepAll(deps(50), never)).toEqual({ deleted: [], lost: [] });
  });

  it.each([
    ['of somebody else', async () => (await upload(ben, { workspaceId }))[0]],
    ['without a workspace', () => uploadOne()],
    [
      'that is no picture',
      async () => {
        const files = [{ name: 'cv.txt', type: 'text/plain', content: 'Roses' }];
        return (await ann.call('attachments.upload', { workspaceId }, { files })).attachments[0]?.id;
      },
    ],
    [
      'of another product',
      async () => {
        const [file] = await ofWorkspace();
        await add({ images: [{ fileId: file }] });
        return file;
      },
    ],
    [
      'of another workspace',
      async () => {
        const { id } = await ann.call('workspaces.create', { name: 'Other' });
        return (await upload(ann, { workspaceId: id }))[0];
      },
    ],
  ])('cannot be a file %s', async (_what, file) => {
    const fileId = await file();
    const { id: productId } = await add();
    const refusal = { code: 'invalid_input', details: { errors: [{ path: 'images.0.fileId' }] } };
    await expect(add({ images: [{ fileId }] })).rejects.toMatchObject(refusal);
    await expect(ann.call('products.update', { productId, images: [{ fileId }] })).rejects.toMatchObject(refusal);
  });

  it('is of one product when two want it at the same moment, and stands in it once', async () => {
    const [file = ''] = await ofWorkspace();
    await expect(add({ images: [{ fileId: file }, { fileId: file }] })).rejects.toMatchObject({
      details: { errors: [{ path: 'images.1.fileId' }] },
    });
    const made = await Promise.allSettled([1, 2, 3].map(() => add({ images: [{ fileId: file }] })));
    expect(made.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
  });

  it('cannot be sent in a message as well', async () => {
    const [file = ''] = await ofWorkspace();
    await add({ images: [{ fileId: file }] });
    const channel = await ann.call('conversations.create', { workspaceId, kind: 'channel', name: 'beds' });
    const sent = ann.call('messages.send', {
      conversationId: channel.id,
      content: '',
      clientMessageId: randomUUID(),
      attachmentIds: [file],
    });
    await expect(sent).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
