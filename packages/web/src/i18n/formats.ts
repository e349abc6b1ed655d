import { useLingui } from '@lingui/react';
import { client } from '../live/client.ts';
import { useLive } from '../live/use-live.ts';
import { type Formats, formatsFor } from './formats-for.ts';

/** The language in which dates are written: the pseudo language borrows one without a letter that English has. */
const tagOf = (locale: string) => (locale === 'pseudo' ? 'el' : locale);

/** Those that the page has used, by language and zone: a list of messages asks for them in each of its rows. */
const shared = new Map<string, Formats>();

function sharedFormats(locale: string, timeZone: string | undefined): Formats {
  const key = `${locale} ${timeZone}`;
  const known = shared.get(key);
  if (known) return known;
  const formats = formatsFor(locale, timeZone, () => client.now());
  shared.set(key, formats);
  return formats;
}

/** Formats in the person's language and zone: the same object in every component. */
export function useFormats(): Formats {
  const { i18n } = useLingui();
  const me = useLive((state) => state.me);
  // The language of the screen with the region of the person: English in Vienna counts to 24.
  const locale = me?.locale?.startsWith(i18n.locale) ? me.locale : tagOf(i18n.locale);
  return sharedFormats(locale, me?.timezone);
}
