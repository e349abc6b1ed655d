import type { Page } from '@playwright/test';
import { expect, it } from 'vitest';
import { layoutFaults } from './layout.ts';
import { openPage } from './open-page.ts';
import { inBrowser, type Visitor } from './people.ts';
import { fillWithDemo, openAccount, PERSON } from './screens/demo.ts';
import { FIRST, INSIDE, OUTSIDE, type Places, type Screen } from './screens/pages.ts';
import { signInByCookie } from './sign-in.ts';
import { cutTexts, englishTexts, writtenTexts } from './texts.ts';

const SMALL = { width: 390, height: 844 };
const LARGE = { width: 1440, height: 900 };
const LANGUAGES = ['de', 'ja', 'pseudo'] as const;
type Language = (typeof LANGUAGES)[number];

/** Opens an address in a language. */
async function open(page: Page, url: string, language: Language): Promise<void> {
  const address = new URL(url);
  address.searchParams.set('language', language);
  await openPage(page, address.href);
}

/** What is cut at both widths, in words. */
async function cutAtBothWidths(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const size of [LARGE, SMALL]) {
    await page.setViewportSize(size);
    const faults = [...(await layoutFaults(page)), ...(await cutTexts(page))];
    found.push(...faults.map((fault) => `${size.width} px: ${fault}`));
  }
  return found;
}

it('has no English left and cuts nothing on any page, in German, Japanese and longer texts', async () => {
  await inBrowser(async ({ server, visit }) => {
    const readers: { language: Language; reader: Visitor }[] = [];
    for (const language of LANGUAGES) {
      const locale = language === 'pseudo' ? 'en-GB' : language;
      readers.push({ language, reader: await visit(language, { locale, viewport: SMALL }) });
    }
    const found: string[] = [];
    const walk = async (screens: readonly Screen[], places: Places, written: readonly string[]) => {
      const inOneLanguage = async ({ language, reader: { page } }: (typeof readers)[number]) => {
        for (const { name, path } of screens) {
          await open(page, server.origin + path(places), language);
          const faults = await cutAtBothWidths(page);
          if (language === 'pseudo') faults.push(...(await englishTexts(page, written)));
          found.push(...faults.map((fault) => `${name}, ${language}, ${fault}`));
        }
      };
      await Promise.all(readers.map(inOneLanguage));
    };
    await walk(FIRST, {} as Places, []);
    const places = await fillWithDemo(await openAccount(server));
    const written = await writtenTexts(server);
    await walk(OUTSIDE, places, written);
    for (const { reader } of readers) await signInByCookie(reader.context, server.origin, PERSON);
    await walk(INSIDE, places, written);
    expect(found).toEqual([]);
  });
}, 480_000);

it('finds a text that is not translated, and one that is cut', async () => {
  await inBrowser(async ({ server, visit }) => {
    const { page } = await visit('pseudo', { viewport: SMALL });
    await open(page, `${server.origin}/welcome`, 'pseudo');
    const look = async () => [...(await englishTexts(page, ['Ann'])), ...(await cutTexts(page))];
    expect(await look()).toEqual([]);
    await page.evaluate(() => {
      const text = document.createElement('p');
      text.textContent = 'Saved by Ann';
      const control = document.createElement('button');
      control.ariaLabel = 'Close';
      const narrow = document.createElement('p');
      narrow.textContent = 'Ƒŕōḿ Ann';
      Object.assign(narrow.style, { inlineSize: '20px', overflow: 'hidden', textOverflow: 'ellipsis' });
      document.querySelector('main')?.append(text, control, narrow);
    });
    expect(await look()).toEqual([
      '<p> Saved by Ann',
      '<button aria-label> Close',
      expect.stringMatching(/^<p> is \d+ px of text in 20 px: Ƒŕōḿ Ann$/),
    ]);
  });
}, 60_000);
