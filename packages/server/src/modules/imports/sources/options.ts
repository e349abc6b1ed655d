import type { AllowedHosts } from '../../../platform/outbound/index.ts';

/** What readers need to know that is not in the file. */
export interface SourceOptions {
  now: Date;
  /** IANA time zone of times that do not name one. */
  timeZone: string;
  /** The order of day, month and year in numeric dates; detected from the file if not given. */
  dateOrder: 'dmy' | 'mdy' | undefined;
  /** Which number is the highest priority. */
  highestPriority: 1 | 4;
  /** For an encrypted export. */
  passphrase: string | undefined;
  /** Private hosts from which files may be fetched. */
  allowedHosts: AllowedHosts;
}
