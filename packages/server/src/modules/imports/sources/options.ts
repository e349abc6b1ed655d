import type { AllowedHosts } from '../../../platform/outbound/index.ts';

/** What readers need to know that no file says. */
export interface SourceOptions {
  now: Date;
  /** IANA name of the zone in which times without one are meant. */
  timeZone: string;
  /** The order of the parts of dates in figures; told from the file if not given. */
  dateOrder: 'dmy' | 'mdy' | undefined;
  /** Which number is the highest priority. */
  highestPriority: 1 | 4;
  /** Of an export that is encrypted. */
  passphrase: string | undefined;
  /** Places outside of the internet from which files may be fetched. */
  allowedHosts: AllowedHosts;
}
