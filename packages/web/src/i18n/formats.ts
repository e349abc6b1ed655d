import { useLingui } from '@lingui/react';
import { useMemo } from 'react';
import { client } from '../live/client.ts';
import { useLive } from '../live/use-live.ts';
import { type Formats, formatsFor } from './formats-for.ts';

/** The language in which dates are written: the pseudo language has none of its own. */
const tagOf = (locale: string) => (locale === 'pseudo' ? 'en' : locale);

/** Formats in the person's language and zone. */
export function useFormats(): Formats {
  const { i18n } = useLingui();
  const timeZone = useLive(({ me }) => me?.timezone);
  // The language of the screen with the region of the person: English in Vienna counts to 24.
  const own = useLive(({ me }) => me?.locale);
  const locale = own?.startsWith(i18n.locale) ? own : tagOf(i18n.locale);
  return useMemo(() => formatsFor(locale, timeZone, () => client.now()), [locale, timeZone]);
}
