import { readdir } from 'node:fs/promises';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import type { Socket } from 'node:net';
import { sizes, type Upload } from '@atrium/protocol';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { multipart } from '../../../test/multipart.ts';
import { attachmentPart } from './export.ts';
import { type FilesWorld, filesWorld } from './test/world.ts';
import { WORD, zip } from './test/zip.ts';

let world: FilesWorld;
beforeAll(async () => {
  world = await filesWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await sql`delete from attachment`.execute(world.app.database.db);
});

const text = (name: string, content: Buffer | string = 'Roses') => ({ name, type: 'text/plain', content });
const square = (side = 40) =>
  sharp({ create: { width: side, height: side, channels: 3, background: '#3a7' } })
    .jpeg()
    .toBuffer();

const rows = async () => Number((await sql`select from attachment`.execute(world.app.database.db)).rows.length);
const incoming = () => readdir(world.app.app.storage.incoming);

/** Nothing of a refused upload is left. */
async function expectNothing(): Promise<void> {
  expect(await rows()).toBe(0);
  await expect.poll(incoming).toEqual([]);
}

describe('an upload', () => {
  it('answers for each file and for all together, in their order', async () => {
    const noisy = await sharp(Buffer.from(Array.from({ length: 200 * 200 * 3 }, (_, at) => (at * 7919) % 251)), {
      raw: { width: 200, height: 200, channels: 3 },
    })
      .jpeg({ quality: 100 })
      .toBuffer();
    const { status, body } = await world.send([
      { name: 'Génie 劳动合同 📎.txt', type: 'text/plain', content: 'Bäume' },
      { name: 'photo.jpg', type: 'image/jpeg', content: noisy },
    ]);
    expect(status).toBe(201);
    const [plain, photo] = body.attachments;
    expect(plain).toEqual({
      id: plain?.id,
      filename: 'Génie 劳动合同 📎.txt',
      url: `/api/v1/attachments/${plain?.id}/content`,
      type: 'text/plain',
      size: 6,
      optimization: { originalSize: 6, optimizedSize: 6, ratio: 0 },
    });
    expect(photo).toMatchObject({
      filename: 'photo.jpg',
      type: 'image/webp',
      image: { width: 200, height: 200, thumbnailUrl: `${photo?.url}/thumbnail` },
      optimization: { originalSize: noisy.length, optimizedSize: photo?.size },
    });
    const saved = (noisy.length - (photo?.size ?? 0)) / noisy.length;
    expect(photo?.optimization.ratio).toBe(Math.round(saved * 100));
    expect(photo?.optimization.ratio).toBeGreaterThan(0);
    const [before, after] = [6 + noisy.length, 6 + (photo?.size ?? 0)];
    expect(body.total).toEqual({
      originalSize: before,
      optimizedSize: after,
      ratio: Math.round(((before - after) / before) * 100),
    });
  });

  it('is listed with the task, and told to who follows it', async () => {
    const { body } = await world.send([text('one.txt'), text('two.txt')]);
    const { items } = await world.ann.call('attachments.ofTask', { taskId: world.taskId });
    expect(items.map(({ filename }) => filename)).toEqual(['two.txt', 'one.txt']);
    expect(items[0]).toMatchObject({ uploadedBy: world.ann.userId, taskId: world.taskId, can: { delete: true } });
    const told = (await world.app.events(`task:${world.taskId}`)).filter(({ type }) => type === 'attachment:added');
    expect(told.slice(-2).map((event) => (event.body as { attachment: { id: string } }).attachment.id)).toEqual(
      body.attachments.map(({ id }) => id),
    );
  });

  it('pages through many', async () => {
    for (let at = 0; at < 3; at += 1) await world.send([text(`${at}.txt`)]);
    const first = await world.ann.call('attachments.ofTask', { taskId: world.taskId, limit: 2 });
    const second = await world.ann.call('attachments.ofTask', {
      taskId: world.taskId,
      limit: 2,
      cursor: String(first.nextCursor),
    });
    expect([...first.items, ...second.items].map(({ filename }) => filename)).toEqual(['2.txt', '1.txt', '0.txt']);
    expect(second.nextCursor).toBeNull();
  });

  it('sent twice under one name is stored once, also at the same moment', async () => {
    const path = `/tasks/${world.taskId}/attachments?uploadId=${crypto.randomUUID()}`;
    const first = await world.send([text('a.txt')], { path });
    const again = await world.send([text('a.txt')], { path });
    expect(again).toEqual(first);
    const other = `/tasks/${world.taskId}/attachments?uploadId=${crypto.randomUUID()}`;
    const both = await Promise.all([1, 2, 3].map(() => world.send([text('b.txt')], { path: other })));
    expect(both.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
    for (const { status, body } of both) if (status !== 201) expect(body.code).toBe('in_progress');
    expect(await rows()).toBe(2);
  });

  it('of 10 files of any size up to the limit is accepted, of 11 refused', async () => {
    const ten = Array.from({ length: 10 }, (_, at) => text(`${at}.txt`));
    expect((await world.send(ten)).status).toBe(201);
    await sql`delete from attachment`.execute(world.app.database.db);
    const { status, body } = await world.send([...ten, text('11.txt')]);
    expect([status, body.code]).toEqual([413, 'payload_too_large']);
    await expectNothing();
  });

  it.each([0, 1])('of the largest size and %i bytes more', async (more) => {
    const { status, body } = await world.send([text('big.txt', Buffer.alloc(sizes.file + more, 'x'))]);
    expect([status, body.code]).toEqual(more === 0 ? [201, undefined] : [413, 'payload_too_large']);
    if (more > 0) await expectNothing();
  });

  it('of 1,000 parts is refused', async () => {
    const many = Array.from({ length: 1_000 }, (_, at) => text(`${at}.txt`));
    expect((await world.send(many)).status).toBe(413);
    await expectNothing();
  });

  it('without a file, or with something else, is refused', async () => {
    expect(await world.send([])).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
    const headers = { authorization: `Bearer ${world.ann.accessToken}`, 'content-type': 'application/json' };
    const address = `${world.url}/api/v1/tasks/${world.taskId}/attachments`;
    const json = await fetch(address, { method: 'POST', headers, body: '{}' });
    expect([json.status, ((await json.json()) as { code: string }).code]).toEqual([415, 'unsupported_media_type']);
    await expectNothing();
  });
});

describe('access', () => {
  it('is checked before a byte is read', async () => {
    const dan = await world.app.person('Dan');
    const { headers } = multipart([]);
    const answered = new Promise<number>((resolve, reject) => {
      const sent = request(`${world.url}/api/v1/tasks/${world.taskId}/attachments`, {
        method: 'POST',
        headers: { ...headers, 'content-length': 1_000_000, authorization: `Bearer ${dan.accessToken}` },
      });
      sent.on('response', (response) => {
        resolve(response.statusCode ?? 0);
        sent.destroy();
      });
      sent.on('error', reject);
      sent.flushHeaders();
    });
    expect(await answered).toBe(404);
    await expectNothing();
  });

  it('is refused to files over the socket', async () => {
    const refused = world.ann.call('attachments.upload', { workspaceId: world.workspaceId }, { transport: 'socket' });
    await expect(refused).rejects.toMatchObject({ code: 'unsupported_media_type' });
  });
});

/** A picture, with bytes behind it. */
const withTail = async (format: 'png' | 'gif' | 'jpeg', tail: string) => {
  const picture = sharp({ create: { width: 20, height: 10, channels: 3, background: '#a37' } }).toFormat(format);
  return Buffer.concat([await picture.toBuffer(), Buffer.from(tail)]);
};

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
const HTML = '<!doctype html><script>alert(1)</script>';

describe('S38 what a file contains', () => {
  const refusals: [string, string, string, () => Buffer | string | Promise<Buffer | string>][] = [
    ['an SVG', 'x.svg', 'image/svg+xml', () => SVG],
    ['an SVG named PNG', 'x.png', 'image/png', () => SVG],
    ['HTML', 'x.html', 'text/html', () => HTML],
    ['HTML named PNG', 'x.png', 'image/png', () => HTML],
    ['a GIF that is JavaScript', 'x.gif', 'image/gif', () => 'GIF89a/*\0\0\0*/=1;alert(1)'],
    ['a PDF that is HTML', 'x.pdf', 'application/pdf', () => `%PDF-1.4\n${HTML}`],
    ['HTML in front of a PDF', 'x.pdf', 'application/pdf', () => `${HTML}%PDF-1.4`],
    ['a program named JPEG', 'x.jpg', 'image/jpeg', () => Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
    ['a program', 'x.exe', 'application/octet-stream', () => 'MZ'],
    ['a picture of another type', 'x.png', 'image/png', () => square()],
    ['a picture declared as text', 'x.jpg', 'text/plain', () => square()],
    ['a double extension', 'photo.jpg.exe', 'image/jpeg', () => square()],
    ['no extension', '.htaccess', 'text/plain', () => 'deny'],
    ['binary named text', 'x.txt', 'text/plain', () => Buffer.from([0x41, 0, 0x42])],
    ['an archive named Word', 'x.docx', 'application/octet-stream', () => zip({ 'a.txt': 'a' })],
    [
      'an Excel file named Word',
      'x.docx',
      'application/octet-stream',
      () => zip({ ...WORD, 'word/document.xml': '' }).then((file) => file.subarray(0, 50)),
    ],
    [
      'a document with macros',
      'x.docx',
      'application/octet-stream',
      () => zip({ ...WORD, 'word/vbaProject.bin': 'x' }),
    ],
    ['a picture that is cut off', 'x.jpg', 'image/jpeg', async () => (await square(400)).subarray(0, 900)],
    ['an empty picture', 'x.jpg', 'image/jpeg', () => ''],
    ['HEIC', 'x.heic', 'image/heic', () => 'ftypheic'],
  ];
  it.each(refusals)('is refused: %s', async (_what, name, type, content) => {
    const { status, body } = await world.send([{ name, type, content: await content() }]);
    expect([status, body.code]).toEqual([400, 'bad_type']);
    await expectNothing();
  });

  it('refuses all files with one of them', async () => {
    const { status } = await world.send([text('good.txt'), { name: 'x.png', type: 'image/png', content: HTML }]);
    expect(status).toBe(400);
    await expectNothing();
  });

  it('says of HEIC what to do', async () => {
    const { body } = await world.send([{ name: 'IMG_1.HEIC', type: 'image/heic', content: 'x' }]);
    expect(body.detail).toContain('Send it as JPEG');
  });

  const accepted: [string, string, string, () => Buffer | string | Promise<Buffer | string>][] = [
    ['Word', 'x.docx', 'application/octet-stream', () => zip(WORD)],
    ['PDF', 'x.PDF', 'application/pdf', () => '%PDF-1.4\n%âãÏÓ\n%%EOF'],
    ['CSV as Windows declares it', 'x.csv', 'application/vnd.ms-excel', () => 'a;b\r\n1;2'],
    ['text in UTF-16', 'x.txt', 'text/plain', () => Buffer.from('\ufeffBäume', 'utf16le')],
    ['text of an older program', 'x.txt', 'text/plain', () => Buffer.from('Bäume', 'latin1')],
    ['an empty text', 'x.txt', 'text/plain', () => ''],
    [
      'old Word',
      'x.doc',
      'application/msword',
      () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
    ],
  ];
  it.each(accepted)('is accepted: %s', async (_what, name, type, content) => {
    expect((await world.send([{ name, type, content: await content() }])).status).toBe(201);
  });

  it.each(['png', 'gif', 'jpeg'] as const)('takes away what is behind a picture: %s', async (format) => {
    const content = await withTail(format, HTML);
    const name = format === 'jpeg' ? 'x.jpg' : `x.${format}`;
    const { body } = await world.send([{ name, type: `image/${format}`, content }]);
    const served = Buffer.from(await (await world.fetch(body.attachments[0]?.url ?? '')).arrayBuffer());
    expect(served.includes('script')).toBe(false);
    expect((await sharp(served).metadata()).width).toBe(20);
  });
});

describe('S38 file names', () => {
  it.each([
    ['a path', '../../etc/passwd.txt', 'passwd.txt'],
    ['a path of Windows', 'C:\\Users\\ann\\list.txt', 'list.txt'],
    ['quotes', 'a "b".txt', 'a "b".txt'],
    ['Hebrew', 'רשימה.txt', 'רשימה.txt'],
    ['in parts, as from a Mac', 'Ge\u0301nie.txt', 'Ge\u0301nie.txt'],
    ['markup', '<b>x</b> .txt', 'b> .txt'],
  ])('%s', async (_what, name, kept) => {
    const { body } = await world.send([text(name)]);
    expect(body.attachments[0]?.filename).toBe(kept);
  });

  it('is the same in the answer, the list, the download and the export, as a browser sends it', async () => {
    const name = 'Génie 劳动合同 📎 "neu" 100%.pdf';
    const form = new FormData();
    form.append('file', new Blob(['%PDF-1.4\n%%EOF'], { type: 'application/pdf' }), name);
    const response = await fetch(`${world.url}/api/v1/tasks/${world.taskId}/attachments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.ann.accessToken}` },
      body: form,
    });
    const { attachments } = (await response.json()) as Upload;
    const { items } = await world.ann.call('attachments.ofTask', { taskId: world.taskId });
    const pages = attachmentPart(world.app.database.db, world.ann.userId).pages;
    const exported: unknown[] = [];
    for await (const page of pages) exported.push(...page);
    expect([attachments[0]?.filename, items[0]?.filename]).toEqual([name, name]);
    expect(exported).toMatchObject([{ filename: name }]);
    const { headers } = await world.fetch(attachments[0]?.url ?? '');
    const [, encoded = ''] = (headers.get('content-disposition') ?? '').split("filename*=UTF-8''");
    expect(decodeURIComponent(encoded)).toBe(name);
  });

  it.each([
    ['300 characters', `${'x'.repeat(296)}.txt`],
    ['a hidden extension', 'photo\u202etxt.exe.txt'],
    ['a control character', 'a\u0007b.txt'],
    ['NUL', 'a\0b.txt'],
    ['nothing', ''],
    ['blanks', '   '],
  ])('refused: %s', async (_what, name) => {
    const { status, body } = await world.send([text(name)]);
    expect([status, body.code]).toEqual([400, 'bad_type']);
    await expectNothing();
  });

  it('takes the plain name: RFC 7578 forbids another beside it', async () => {
    const boundary = 'xyz';
    const disposition = `form-data; name="file"; filename="Genie.txt"; filename*=UTF-8''G%C3%A9nie.txt`;
    const response = await fetch(`${world.url}/api/v1/tasks/${world.taskId}/attachments`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${world.ann.accessToken}`,
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
      body: `--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: text/plain\r\n\r\nx\r\n--${boundary}--\r\n`,
    });
    expect(await response.json()).toMatchObject({ attachments: [{ filename: 'Genie.txt' }] });
  });
});

/** Nobody else's requests are on it. */
function uploadOnNewConnection(): Promise<{ status: number | undefined; headers: IncomingHttpHeaders }> {
  const { headers, body } = multipart([text('a.txt')]);
  return new Promise((resolve, reject) => {
    const sent = request(`${world.url}/api/v1/tasks/${world.taskId}/attachments`, {
      method: 'POST',
      agent: new Agent({ keepAlive: true }),
      headers: { ...headers, authorization: `Bearer ${world.ann.accessToken}` },
    });
    sent.on('response', (answer) => resolve({ status: answer.resume().statusCode, headers: answer.headers }));
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('a broken upload', () => {
  it('leaves nothing', async () => {
    const { headers, body } = multipart([text('a.txt', Buffer.alloc(2_000_000, 'x'))]);
    const sent = request(`${world.url}/api/v1/tasks/${world.taskId}/attachments`, {
      method: 'POST',
      headers: { ...headers, 'content-length': body.length, authorization: `Bearer ${world.ann.accessToken}` },
    });
    sent.on('error', () => undefined);
    sent.write(body.subarray(0, 1_000_000));
    await expect.poll(async () => (await incoming()).length).toBe(1);
    sent.destroy();
    await expectNothing();
  });

  it('that ends too early is refused', async () => {
    const { headers, body } = multipart([text('a.txt', 'x'.repeat(1_000))]);
    const response = await fetch(`${world.url}/api/v1/tasks/${world.taskId}/attachments`, {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${world.ann.accessToken}` },
      body: new Uint8Array(body.subarray(0, 600)),
    });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([400, 'invalid_input']);
    await expectNothing();
  });

  it('that is long under way after its last byte keeps its connection', async () => {
    const { http, storage } = world.app.app;
    const put = storage.put;
    const sockets: Socket[] = [];
    const connected = (socket: Socket) => sockets.push(socket);
    http.server.on('connection', connected);
    const limits: (number | undefined)[] = [];
    storage.put = (key, file) => {
      limits.push(...sockets.map(({ timeout }) => timeout));
      return put(key, file);
    };
    const { status, headers } = await uploadOnNewConnection();
    storage.put = put;
    http.server.off('connection', connected);
    expect([status, headers['content-type']]).toEqual([201, 'application/json; charset=utf-8']);
    expect(limits).toEqual([600_000]);
    await expect.poll(() => sockets[0]?.timeout).not.toBe(600_000);
  });

  it('that comes slowly is accepted', async () => {
    const { headers, body } = multipart([text('slow.txt', 'x'.repeat(5_000))]);
    const answered = new Promise<number>((resolve, reject) => {
      const sent = request(`${world.url}/api/v1/tasks/${world.taskId}/attachments`, {
        method: 'POST',
        headers: { ...headers, authorization: `Bearer ${world.ann.accessToken}` },
      });
      sent.on('response', (response) => resolve(response.resume().statusCode ?? 0));
      sent.on('error', reject);
      let at = 0;
      const timer = setInterval(() => {
        sent.write(body.subarray(at, at + 500));
        at += 500;
        if (at < body.length) return;
        clearInterval(timer);
        sent.end();
      }, 20);
    });
    expect(await answered).toBe(201);
  });
});
