import { i18n, type Messages } from '@lingui/core';

/** The languages into which the app is translated as a whole, each named in itself. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', ja: '日本語' } as const;
export type Language = keyof typeof LANGUAGES;

const STORED = 'atrium:language';
/** The language of tests, in which what is not translated can be seen. */
const PSEUDO = 'pseudo';

/** The catalogs of all parts; those of one language are one file. */
const catalogs = import.meta.glob<{ messages: Messages }>('../**/locales/*.po');

const isKnown = (name: string): name is Language => Object.hasOwn(LANGUAGES, name);

/** The best language for a tag such as `de-AT`; undefined when there is none. */
export function languageOf(tag: string | undefined): Language | undefined {
  const [name = ''] = (tag ?? '').toLowerCase().split('-');
  return isKnown(name) ? name : undefined;
}

/** Whether the address asked for a language, which then stays until another page is loaded. */
let isAsked = false;

/** The language to begin with: the one in the address (`?language=de`), the last one here, or the browser's. */
export function firstLanguage(): string {
  const asked = new URLSearchParams(location.search).get('language') ?? '';
  isAsked = isKnown(asked) || asked === PSEUDO;
  if (isAsked) return asked;
  const wished = [localStorage.getItem(STORED) ?? undefined, ...navigator.languages];
  return wished.map(languageOf).find((language) => language !== undefined) ?? 'en';
}

/** The language that was asked for last: catalogs may come in another order than they were asked for. */
let wantedLast: string | undefined;

/** Shows the app in a language from now on, and keeps that for the next visit. */
export async function activateLanguage(language: string): Promise<void> {
  wantedLast = language;
  const wanted = Object.entries(catalogs).filter(([path]) => path.endsWith(`/${language}.po`));
  const loaded = await Promise.all(wanted.map(([, load]) => load()));
  if (wantedLast !== language) return;
  i18n.loadAndActivate({ locale: language, messages: Object.assign({}, ...loaded.map(({ messages }) => messages)) });
  document.documentElement.lang = language === PSEUDO ? 'en' : language;
  if (isKnown(language) && !isAsked) localStorage.setItem(STORED, language);
}

/**
 * Shows the app in the language of the account: it is the same on each device. One that cannot be loaded, offline or
 * when a new version has replaced it, leaves the language as it is.
 */
export async function followAccount(locale: string): Promise<void> {
  const language = languageOf(locale);
  const isShown = language === i18n.locale && language === wantedLast;
  if (language === undefined || isShown || isAsked) return;
  await activateLanguage(language).catch(() => undefined);
}
