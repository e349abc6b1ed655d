import { collect } from './collect.ts';

/** For a table, the compared part of a row `t`, as an SQL expression of type text; null leaves the table out. */
type Compared = Record<string, string | null>;

/**
 * The parts of a feature's tables that may change when an operation was refused or only read. Everything else must stay
 * unchanged, row by row.
 */
export interface SideEffects {
  /** May change at any time: by a job, by the clock, or because a user is connected. */
  background?: Compared;
  /** May change when a valid call is refused: attempts are counted and recorded. */
  refusal?: Compared;
}

/** Those of the platform's tables. */
const PLATFORM: SideEffects = {
  // Queued mails, and periodic jobs.
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

/** The compared part of each table after invalid input; the whole row of tables that are not here. */
export const comparedAfterBadInput = merged('background');

/** The same after a call that was refused, or only read. */
export const comparedAfterRefusal = new Map([...comparedAfterBadInput, ...merged('refusal')]);
