import { expect, it } from 'vitest';
import { regionalSettings } from './regional-settings.ts';

it.each([
  [{}, { timezone: 'Europe/London' }],
  [
    { timezone: 'Asia/Tokyo', locale: 'de-AT' },
    { timezone: 'Asia/Tokyo', locale: 'de-AT' },
  ],
  // A browser may know more zones and forms of languages than the server.
  [{ timezone: 'Etc/Unknown', locale: 'en-US-u-hc-h12' }, { timezone: 'Europe/London' }],
  [{ timezone: '', locale: '' }, { timezone: 'Europe/London' }],
])('of a new account whose browser reports %j', (reported, settings) => {
  expect(regionalSettings(reported, 'Europe/London')).toEqual(settings);
});
