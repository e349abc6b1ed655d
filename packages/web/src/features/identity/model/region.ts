/** Time zone and language of this browser, for a new account. */
export const regionOfBrowser = (): { timezone: string; locale: string } => ({
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  locale: navigator.language,
});
