import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/** Catalogs stand with what they belong to: each feature has its own, everything else shares one. */
export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'de', 'ja', 'pseudo'],
  // Texts that are not translated lack the brackets and accents; the others are as long as long translations.
  pseudoLocale: { locale: 'pseudo', prepend: '[', append: ']', extend: 0.4, extendCharacter: '~' },
  fallbackLocales: { default: 'en' },
  catalogs: [
    {
      path: '<rootDir>/src/i18n/locales/{locale}',
      include: [
        '<rootDir>/src/app',
        '<rootDir>/src/i18n',
        '<rootDir>/src/live',
        '<rootDir>/src/ui',
        '<rootDir>/src/text',
      ],
    },
    { path: '<rootDir>/src/features/{name}/locales/{locale}', include: ['<rootDir>/src/features/{name}'] },
  ],
  // Where a message stands changes with every commit, so it would only make conflicts.
  format: formatter({ lineNumbers: false, origins: false }),
});
