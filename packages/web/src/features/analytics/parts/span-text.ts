import { plural } from '@lingui/core/macro';
import { spanOf } from '../model.ts';

/** A length of time in words, in the language of the page: 2.5 days. */
export function spanText(ms: number): string {
  const { unit, count } = spanOf(ms);
  switch (unit) {
    case 'minutes':
      return plural(count, { one: '# minute', other: '# minutes' });
    case 'hours':
      return plural(count, { one: '# hour', other: '# hours' });
    case 'days':
      return plural(count, { one: '# day', other: '# days' });
  }
}
