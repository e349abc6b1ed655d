import pg from 'pg';

/** Parses an int8 as a JavaScript number. Throws a RangeError outside ±(2^53 − 1), where numbers lose precision. */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database sent an integer that is too large: ${text}`);
  return value;
}

const { builtins } = pg.types;
// The driver's types list only named ids; array types have none.
const parserOf = pg.types.getTypeParser as (oid: number, format: 'text' | 'binary') => (value: string) => unknown;
const INT8_ARRAY = 1016;
const TEXT_ARRAY = 1009;

/** Array elements use the same text format for every type, so the text parser splits them. */
function parseInt8Array(text: string): (number | null)[] {
  const parseTextArray = parserOf(TEXT_ARRAY, 'text') as (text: string) => (string | null)[];
  return parseTextArray(text).map((element) => (element === null ? null : parseInt8(element)));
}

const parseTimestamp = parserOf(builtins.TIMESTAMPTZ, 'text') as (text: string) => Date | number;
let lastText = '';
let lastInstant: Date | number = Number.NaN;

/** Rows written together share their instant, and parsing it is the most expensive part of such a row. */
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
  // A date has no instant; the driver would return local midnight.
  [builtins.DATE, (text) => text],
]);

/**
 * How column values become JavaScript: int8 → number, timestamptz → Date, date → 'YYYY-MM-DD', numeric stays text, json
 * is parsed. Set per connection, since other libraries share the driver's global table.
 */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    const own = format === 'binary' ? undefined : parsers.get(oid);
    return own ?? parserOf(oid, format ?? 'text');
  }) as typeof pg.types.getTypeParser,
};
