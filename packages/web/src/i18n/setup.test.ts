import { i18n } from '@lingui/core';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { activateLanguage, followAccount } from './setup.ts';

const slow = Promise.withResolvers<void>();
/** German comes when the test lets it. */
vi.mock('./locales/de.po', async (original) => {
  await slow.promise;
  return original();
});
/** Japanese is gone: offline, or replaced by a new version. */
vi.mock('./locales/ja.po', () => {
  throw new Error('Failed to fetch dynamically imported module');
});

const kept = new Map<string, string>();
beforeAll(() => {
  vi.stubGlobal('document', { documentElement: { lang: '' } });
  vi.stubGlobal('localStorage', { setItem: (key: string, value: string) => kept.set(key, value) });
});
afterAll(() => vi.unstubAllGlobals());
beforeEach(() => activateLanguage('en'));

it('shows the language that was asked for last, in whatever order the catalogs come', async () => {
  const german = followAccount('de-AT');
  await followAccount('en');
  slow.resolve();
  await german;
  expect([i18n.locale, document.documentElement.lang, ...kept.values()]).toEqual(['en', 'en', 'en']);
  await followAccount('de-AT');
  expect([i18n.locale, document.documentElement.lang, ...kept.values()]).toEqual(['de', 'de', 'de']);
});

it('keeps the language when the catalog of another one cannot be loaded', async () => {
  await expect(followAccount('ja')).resolves.toBeUndefined();
  expect([i18n.locale, document.documentElement.lang, ...kept.values()]).toEqual(['en', 'en', 'en']);
  await followAccount('de');
  expect(i18n.locale).toBe('de');
});
