import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const decisions = path.join(root, 'docs/decisions');
const numbered = (folder: string) => readdirSync(folder).filter((file) => /^\d{4}[-_]/.test(file));

describe('numbers of files', () => {
  it.each(['docs/decisions', 'packages/server/migrations'])('in %s are given once', (folder) => {
    const numbers = numbered(path.join(root, folder)).map((file) => Number(file.slice(0, 4)));
    expect(numbers.filter((number, at) => numbers.indexOf(number) !== at)).toEqual([]);
  });
});

describe('a decision record', () => {
  it('is listed in the order of its number, by its title', () => {
    const index = readFileSync(path.join(decisions, 'README.md'), 'utf8');
    const listed = [...index.matchAll(/^\| \[\d{4}\]\((\S+)\) \| (.*) \|$/gm)].map(([, file, title]) => ({
      file,
      title,
    }));
    const titles = numbered(decisions).map((file) => {
      const [first = ''] = readFileSync(path.join(decisions, file), 'utf8').split('\n');
      return { file, title: first.replace(`# ${Number(file.slice(0, 4))}. `, '') };
    });
    expect(listed).toEqual(titles);
  });

  it.each(numbered(decisions))('%s says what was decided and what follows', (file) => {
    const text = readFileSync(path.join(decisions, file), 'utf8');
    expect(text).toMatch(/^## Context$.*^## (Options and c|C)hoice$.*^## Consequences$/ms);
  });
});
