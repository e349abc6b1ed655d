import type { SheetBy, SheetRow, SheetSums } from '@atrium/protocol';
import { hoursOf, minorUnits, worth } from './apportion.ts';
import type { Line } from './lines.ts';

/** The exact sum of lines. */
interface Exact {
  ms: number;
  roundedMs: number;
  billableMs: number;
  /** By currency. */
  worths: Map<string, bigint>;
}

function addUp(lines: readonly Line[]): Exact {
  const exact: Exact = { ms: 0, roundedMs: 0, billableMs: 0, worths: new Map() };
  for (const { entry, ms, roundedMs } of lines) {
    exact.ms += ms;
    exact.roundedMs += roundedMs;
    if (!entry.billable) continue;
    exact.billableMs += roundedMs;
    if (entry.rate === null) continue;
    const { amountMinor, currency } = entry.rate;
    exact.worths.set(currency, (exact.worths.get(currency) ?? 0n) + worth(roundedMs, amountMinor));
  }
  return exact;
}

/** Divides so that the rows of a column add up to its total. */
function divide(parts: readonly Exact[]): SheetSums[] {
  const hours = hoursOf(parts.map(({ roundedMs }) => roundedMs));
  const currencies = [...new Set(parts.flatMap(({ worths }) => [...worths.keys()]))].sort();
  const amounts = currencies.map((currency) => minorUnits(parts.map(({ worths }) => worths.get(currency) ?? 0n)));
  return parts.map(({ billableMs, ms, roundedMs, worths }, at) => ({
    ms,
    roundedMs,
    hours: hours[at] ?? 0,
    billableMs,
    amounts: currencies.flatMap((currency, column) =>
      worths.has(currency) ? [{ currency, amountMinor: amounts[column]?.[at] ?? 0 }] : [],
    ),
  }));
}

/** The sum of lines. */
export function sumOf(lines: readonly Line[]): SheetSums {
  const [sums] = divide([addUp(lines)]);
  if (sums === undefined) throw new Error('One part has no sums.');
  return sums;
}

/** The amount of each line, rounded so that the column adds up to `sumOf`. */
export function sumsOfEach(lines: readonly Line[]): SheetSums[] {
  return divide(lines.map((line) => addUp([line])));
}

const keys: Record<SheetBy, (line: Line) => { key: string; name: string }> = {
  user: ({ entry }) => ({ key: entry.userId, name: entry.person }),
  task: ({ entry }) => ({ key: entry.taskId, name: entry.task }),
  day: ({ day }) => ({ key: day, name: day }),
  category: ({ entry }) => ({ key: entry.category, name: entry.category === '' ? 'Uncategorized' : entry.category }),
};

const order = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** The rows of a sheet, sorted by name. */
export function rowsOf(lines: readonly Line[], by: SheetBy): SheetRow[] {
  const groups = [...Map.groupBy(lines, (line) => keys[by](line).key).values()];
  const named = groups
    .flatMap((group) => (group[0] === undefined ? [] : [{ ...keys[by](group[0]), exact: addUp(group) }]))
    .sort((one, other) => order(one.name, other.name) || order(one.key, other.key));
  const sums = divide(named.map(({ exact }) => exact));
  return named.flatMap(({ key, name }, at) => (sums[at] === undefined ? [] : [{ key, name, ...sums[at] }]));
}

/** The number of entries that overlap another entry of the same person. The input is sorted by person and start. */
export function countOverlapping(lines: readonly Line[]): number {
  const spans = [...new Set(lines.map(({ entry }) => entry))].filter(({ kind }) => kind !== 'correction');
  const overlapping = new Set<string>();
  for (const own of Map.groupBy(spans, ({ userId }) => userId).values()) {
    let last = own[0];
    for (const entry of own.slice(1)) {
      if (last === undefined || entry.startMs < last.stopMs) {
        overlapping.add(entry.id);
        if (last !== undefined) overlapping.add(last.id);
      }
      if (last === undefined || entry.stopMs > last.stopMs) last = entry;
    }
  }
  return overlapping.size;
}
