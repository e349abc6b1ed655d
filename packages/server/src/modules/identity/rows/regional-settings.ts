import { locale, type ReportedRegion, timezone } from '@atrium/protocol';

/** The time zone and language of a new account: as the person's browser reports them, otherwise the defaults. */
export function regionalSettings(
  reported: ReportedRegion,
  defaultTimezone: string,
): { timezone: string; locale?: string } {
  const known = locale.safeParse(reported.locale).data;
  return {
    timezone: timezone.safeParse(reported.timezone).data ?? defaultTimezone,
    ...(known !== undefined && { locale: known }),
  };
}
