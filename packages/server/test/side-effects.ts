import { collect } from './collect.ts';

/** For a table, what of a row `t` is compared, as an SQL expression of type text; null leaves the table out. */
type Compared = Record<string, string | null>;

/**
 * What of a feature's tables may change when an operation was refused or only read. Whatever is not named here must
 * stay as it was, row by row.
 */
export interface SideEffects {
  /** Changes at any time: by a job, by the clock, or because somebody is connected. */
  background?: Compared;
  /** Changes when a valid call is refused: attempts are counted and recorded. */
  refusal?: Compared;
}

/** Those of the platform's tables. */
const PLATFORM: SideEffects = {
  // Mails on their way, and jobs that are queued by the clock.
  background: { mail: 't.id::text', periodic_job: null },
};

const all = [
  PLATFORM,
  ...(await collect<{ sideEffects: SideEffects }>('side-effects', 'sideEffects')).map(
    (each) => each.exports.sideEffects,
  ),
];

const merged = (kind: keyof SideEffects): Map<string, string | null> =>
  new Map(all.flatMap((each) => Object.entries(each[kind] ?? {})));

/** What of each table is compared after input that no operation takes; the whole row of tables that are not here. */
export const comparedAfterBadInput = merged('background');

/** The same after a call that was refused, or only read. */
export const comparedAfterRefusal = new Map([...comparedAfterBadInput, ...merged('refusal')]);
