import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const SOURCES = path.resolve(import.meta.dirname, '../../packages/web/src');
const catalogs = globSync('**/locales/*.po', { cwd: SOURCES }).sort();

/** The messages of a catalog: source text, after its context if any → translation. Texts over several lines are joined. */
function messagesOf(file: string): Map<string, string> {
  const text = readFileSync(path.join(SOURCES, file), 'utf8').replaceAll(/"\n"/g, '');
  const entries = text.matchAll(/^(?:msgctxt "(.+)"\n)?msgid "(.+)"\nmsgstr "(.*)"$/gm);
  return new Map(
    [...entries].map(([, context, source = '', translation = '']) => [
      context === undefined ? source : `${context}: ${source}`,
      translation,
    ]),
  );
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

// The app merges the catalogs of all parts: of two translations of one text, one would be shown in the wrong place.
it.each(['de', 'ja'])('translate a text the same in every part, unless it has a context: %s', (language) => {
  const byText = new Map<string, Set<string>>();
  for (const file of catalogs.filter((each) => each.endsWith(`/${language}.po`))) {
    for (const [text, translation] of messagesOf(file)) {
      byText.set(text, (byText.get(text) ?? new Set()).add(translation));
    }
  }
  expect([...byText].filter(([, translations]) => translations.size > 1)).toEqual([]);
});

it('address people as “du” in German', () => {
  const formal = /[a-zäöüß]en Sie\b|\bSie (haben|können|müssen|sind)\b|\bIhnen\b|\bIhr\b/;
  const german = catalogs.filter((file) => file.endsWith('/de.po'));
  expect(german.flatMap((file) => [...messagesOf(file).values()]).filter((text) => formal.test(text))).toEqual([]);
});

it('are there for every part in every language', () => {
  const parts = new Set(catalogs.map((file) => path.dirname(file)));
  for (const part of parts) {
    expect(catalogs).toEqual(expect.arrayContaining(['en', 'de', 'ja'].map((name) => `${part}/${name}.po`)));
  }
});
