import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFiles } from '../check/tracked-files.ts';
import { localLinksOf } from './markdown.ts';

const root = path.resolve(import.meta.dirname, '../..');
const documents = projectFiles(root).filter((file) => file.endsWith('.md') && existsSync(path.join(root, file)));

describe('links', () => {
  it('are found in text, not in code, without their anchors', () => {
    const text = '[a](docs/a.md#x) [b](https://example.org) [c](#here) ![d](d.png)\n```sh\n[e](e.md)\n```\n';
    expect(localLinksOf(text)).toEqual(['docs/a.md', 'd.png']);
  });

  it.each(documents)('of %s lead somewhere', (file) => {
    const folder = path.dirname(path.join(root, file));
    const text = readFileSync(path.join(root, file), 'utf8');
    expect(localLinksOf(text).filter((target) => !existsSync(path.join(folder, target)))).toEqual([]);
  });
});
