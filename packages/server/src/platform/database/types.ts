import pg from 'pg';

/** Reads an int8 as a JavaScript number. Throws a RangeError outside ±(2^53 − 1), where a number would be wrong. */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database sent an integer that is too large: ${text}`);
  return value;
}

const { builtins } = pg.types;
// The driver's types list only the named ids; array types are among the unnamed.
const parserOf = pg.types.getTypeParser as (oid: number, format: 'text' | 'binary') => (value: string) => unknown;
const INT8_ARRAY = 1016;
const TEXT_ARRAY = 1009;

/** Array elements resolveAccount as text in the same notation whatever their type, so the text parser splits them. */
function parseInt8Array(text: string): (number | null)[] {
  const parseTextArray = parserOf(TEXT_ARRAY, 'text') as (text: string) => (string | null)[];
  return parseTextArray(text).map((element) => (element === null ? null : parseInt8(element)));
}

const parseTimestamp = parserOf(builtins.TIMESTAMPTZ, 'text') as (text: string) => Date | number;
let lastText = '';
let lastInstant: Date | number = Number.NaN;

/** Rows that were written together have the same instant, and taking it apart is the dearest thing about such a row. */
function parseInstant(text: string): Date | number {
  if (text !== lastText) {
    lastInstant = parseTimestamp(text);
    lastText = text;
  }
  return lastInstant instanceof Date ? new Date(lastInstant) : lastInstant;
}

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.INT8, parseInt8],
  [INT8_ARRAY, parseInt8Array],
  [builtins.TIMESTAMPTZ, parseInstant],
  // A day has no instant; the driver would make one at local midnight.
  [builtins.DATE, (text) => text],
]);

/**
 * How column values become JavaScript: int8 → number, timestamptz → Date, date → 'YYYY-MM-DD', numeric stays text,
 * json is parsed. Given to each connection; the driver's global table is left alone because other libraries share it.
 */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    const own = format === 'binary' ? undefined : parsers.get(oid);
    return own ?? parserOf(oid, format ?? 'text');
  }) as typeof pg.types.getTypeParser,
};
