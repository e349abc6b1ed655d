import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { zip } from '../../files/test/zip.ts';
import { openZip } from './zip.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'atrium-zip-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function archive(content: Buffer) {
  const file = path.join(directory, `${Math.random()}.zip`);
  await writeFile(file, content);
  return openZip(file);
}

it('reads files by name, whatever the name', async () => {
  const made = await zip({
    'a.json': '\uFEFF{"a":1}',
    'données/été.json': '[]',
    '__/__/evil.json': '"no path"',
    'folder/x': '',
  });
  const leads = Buffer.from(made.toString('latin1').replaceAll('__/__/evil', '../../evil'), 'latin1');
  const opened = await archive(leads);
  expect(opened.names).toEqual(['a.json', 'données/été.json', '../../evil.json', 'folder/x']);
  expect(await opened.json('a.json', 100)).toEqual({ a: 1 });
  expect(await opened.json('../../evil.json', 100)).toBe('no path');
  await expect(opened.json('folder/x', 100)).rejects.toThrow('no JSON');
  await expect(opened.json('b.json', 100)).rejects.toThrow('not in the archive');
  opened.close();
});

it('reads at most the maximum size of a file, even if the declared size is wrong', async () => {
  const bomb = path.join(directory, 'bomb.zip');
  const made = new ZipFile();
  made.addBuffer(Buffer.alloc(50_000_000), 'zeros');
  made.end();
  await pipeline(made.outputStream, createWriteStream(bomb));
  const opened = await openZip(bomb);
  await expect(opened.open('zeros', 1_000_000)).rejects.toThrow('more than 1000000 bytes');
  opened.close();
  const honest = await zip({ zeros: Buffer.alloc(5_000) });
  const size = Buffer.alloc(4);
  size.writeUInt32LE(5_000);
  // In the central directory, after its signature and the compressed size.
  const place = honest.lastIndexOf(size);
  honest.writeUInt32LE(10, place);
  const lying = await archive(honest);
  await expect(lying.open('zeros', 100).then(text)).rejects.toThrow(/bytes/);
  lying.close();
});

it('refuses damaged archives and files that are not archives', async () => {
  await expect(archive(Buffer.from('hello'))).rejects.toMatchObject({ name: 'BadExport' });
  const whole = await zip({ 'a.json': JSON.stringify('a long text '.repeat(100)) });
  const cut = Buffer.from(whole);
  cut.fill(0xff, 45, 60);
  const opened = await archive(cut);
  await expect(opened.json('a.json', 10_000)).rejects.toMatchObject({ name: 'BadExport' });
  opened.close();
});
