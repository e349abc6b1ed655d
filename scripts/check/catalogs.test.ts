import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCES = path.resolve(import.meta.dirname, '../../packages/web/src');
const catalogs = globSync('**/locales/*.po', { cwd: SOURCES }).sort();

/** The messages of a catalog: source text → translation. Texts over several lines are joined. */
function messagesOf(file: string): Map<string, string> {
  const text = readFileSync(path.join(SOURCES, file), 'utf8').replaceAll(/"\n"/g, '');
  const entries = text.matchAll(/^msgid "(.+)"\nmsgstr "(.*)"$/gm);
  return new Map([...entries].map(([, source = '', translation = '']) => [source, translation]));
}

const namesIn = (text: string) => [...text.matchAll(/\{(\w+)|<\/?(\d+)/g)].map(([name]) => name).sort();

describe.each(catalogs.filter((file) => /\/(de|ja)\.po$/.test(file)))('%s', (file) => {
  it('has a translation of every text', () => {
    const source = messagesOf(file.replace(/(de|ja)\.po$/, 'en.po'));
    const translated = messagesOf(file);
    expect([...source.keys()].filter((text) => !translated.get(text))).toEqual([]);
  });

  it('names the same values and elements as the text it translates', () => {
    const plural = /, (plural|select|selectordinal),/;
    const wrong = [...messagesOf(file)].filter(
      ([source, translation]) => !plural.test(source) && namesIn(source).join() !== namesIn(translation).join(),
    );
    expect(wrong).toEqual([]);
  });
});

it('are there for every part in every language', () => {
  const parts = new Set(catalogs.map((file) => path.dirname(file)));
  for (const part of parts) {
    expect(catalogs).toEqual(expect.arrayContaining(['en', 'de', 'ja'].map((name) => `${part}/${name}.po`)));
  }
});
