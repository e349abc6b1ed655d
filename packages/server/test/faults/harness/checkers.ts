import type { Command } from './history.ts';

/** A message in the database. */
export interface StoredRow {
  op: string;
  senderId: string;
  conversationId: string;
  seq: number;
}

/** An entry of the log, in the database or at a client. `ref` identifies the message. */
export interface Entry {
  seq: number;
  type: string;
  ref: string;
  /** In the database: the subject of the event was deleted, so that clients that read it late get `stream:skipped`. */
  gone?: boolean;
}

/** A stream in the database. */
export interface StreamLog {
  floor: number;
  seq: number;
  entries: readonly Entry[];
}

/** What one client got of one stream, in order, after a position. */
export interface View {
  client: string;
  userId: string;
  stream: string;
  after: number;
  seen: readonly Entry[];
}

/** The events of a stream that a user may get: both bounds are inclusive. */
export interface Stay {
  stream: string;
  userId: string;
  from: number;
  to: number;
}

/** A reported number, and the same number recounted from its source. */
export interface Derived {
  what: string;
  told: number;
  counted: number;
}

/** K1: every acknowledged command is in the database exactly once, at the acknowledged position. */
export function checkAcknowledged(commands: readonly Command[], rows: readonly StoredRow[]): string[] {
  const stored = Map.groupBy(rows, ({ op }) => op);
  return commands.flatMap(({ op, outcome, userId, conversationId }) => {
    if (outcome.kind !== 'ok') return [];
    const found = stored.get(op) ?? [];
    const [row] = found;
    if (row === undefined) return [`K1 lost: ${op} was acknowledged at ${outcome.seq}`];
    if (found.length > 1) return [`K1 doubled: ${op} stands at ${found.map(({ seq }) => seq).join(', ')}`];
    if (row.seq !== outcome.seq) return [`K1 moved: ${op} was acknowledged at ${outcome.seq}, stands at ${row.seq}`];
    const same = row.senderId === userId && row.conversationId === conversationId;
    return same ? [] : [`K1 foreign: ${op} stands elsewhere or under another name`];
  });
}

/** K2: everything stored was sent; refused commands are absent, unknown ones are there at most once. */
export function checkStored(commands: readonly Command[], rows: readonly StoredRow[]): string[] {
  const asked = new Map(commands.map((command) => [command.op, command]));
  const counts = new Map<string, number>();
  const strays = rows.flatMap(({ op, seq }) => {
    counts.set(op, (counts.get(op) ?? 0) + 1);
    return asked.has(op) ? [] : [`K2 foreign: ${op} at ${seq} was never sent`];
  });
  const faults = commands.flatMap(({ op, outcome }) => {
    const count = counts.get(op) ?? 0;
    if (outcome.kind === 'fail' && count > 0) return [`K2 refused and yet stored: ${op} (${outcome.code})`];
    if (outcome.kind === 'unknown' && count > 1)
      return [`K2 doubled: ${op} was never acknowledged, stands ${count} times`];
    return [];
  });
  return [...strays, ...faults];
}

/** An action other than sending a message. */
export interface Action {
  client: string;
  /** The operation. */
  name: string;
  /** Its unique trace in the database; undefined if it has none. */
  trace: string | undefined;
  outcome: 'ok' | 'fail' | 'unknown';
  /** The code of the refusal. */
  code?: string;
}

/**
 * K1 and K2 for actions: acknowledged ones have left their trace once, unknown ones at most once, and there are no
 * others.
 */
export function checkTraces(actions: readonly Action[], traces: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const trace of traces) counts.set(trace, (counts.get(trace) ?? 0) + 1);
  const asked = new Set(actions.map(({ trace }) => trace));
  const strays = [...counts.keys()].flatMap((trace) => (asked.has(trace) ? [] : [`K2 foreign: ${trace}`]));
  const faults = actions.flatMap(({ client, outcome, trace }) => {
    const count = trace === undefined ? 1 : (counts.get(trace) ?? 0);
    if (outcome === 'ok' && count === 0) return [`K1 lost: ${trace} of ${client}`];
    if (count > 1) return [`K1 doubled: ${trace} of ${client} stands ${count} times`];
    if (outcome === 'fail' && count > 0 && trace !== undefined) return [`K2 refused and yet done: ${trace}`];
    return [];
  });
  return [...strays, ...faults];
}

/** K3: the numbers of every stream are 1 … n without gaps, after pruned ones. */
export function checkNoGaps(streams: ReadonlyMap<string, StreamLog>): string[] {
  return [...streams].flatMap(([name, { floor, seq, entries }]) => {
    const wrong = entries.find((entry, at) => entry.seq !== floor + 1 + at);
    if (wrong) return [`K3 ${name}: after ${floor} comes ${wrong.seq} out of its place`];
    const last = floor + entries.length;
    return last === seq ? [] : [`K3 ${name}: the head is ${seq}, the log ends at ${last}`];
  });
}

/** K4: what every client got equals the order of the database, to the end, each event once. */
export function checkOrder(views: readonly View[], streams: ReadonlyMap<string, StreamLog>): string[] {
  return views.flatMap(({ client, stream, after, seen }) => {
    const expected = (streams.get(stream)?.entries ?? []).filter(({ seq }) => seq > after);
    for (let at = 0; at < Math.max(expected.length, seen.length); at++) {
      const [due, given] = [expected[at], seen[at]];
      if (due?.seq === given?.seq && due?.type === given?.type && due?.ref === given?.ref) continue;
      if (due?.gone && due.seq === given?.seq && given.type === 'stream:skipped') continue;
      return [`K4 ${client} ${stream}: ${describeDifference(due, given, seen.slice(0, at))}`];
    }
    return [];
  });
}

function describeDifference(due: Entry | undefined, given: Entry | undefined, before: readonly Entry[]): string {
  if (given === undefined) return `lost ${due?.seq} and what follows`;
  if (before.some(({ seq }) => seq === given.seq)) return `doubled ${given.seq}`;
  if (due === undefined) return `foreign ${given.seq} after the end`;
  if (given.seq === due.seq) return `foreign at ${given.seq}: ${given.type} ${given.ref}, not ${due.type} ${due.ref}`;
  return `reordered or lost: got ${given.seq} where ${due.seq} was due`;
}

/** K5: no user got an event of a stream that they could not read at that position. */
export function checkAccess(views: readonly View[], stays: readonly Stay[]): string[] {
  return views.flatMap(({ client, userId, stream, seen }) => {
    const mine = stays.filter((stay) => stay.userId === userId && stay.stream === stream);
    return seen
      .filter(({ seq }) => !mine.some(({ from, to }) => from <= seq && seq <= to))
      .map(({ seq, type }) => `K5 ${client} ${stream}: got ${type} ${seq} as no member`);
  });
}

/** K6: derived numbers equal a recount from their rows. */
export function checkCounts(numbers: readonly Derived[]): string[] {
  return numbers.flatMap(({ what, told, counted }) =>
    told === counted ? [] : [`K6 ${what}: told ${told}, counted ${counted}`],
  );
}

/** K7: nothing is left behind. @param remains by kind, such as `open transactions` */
export function checkNothingLeft(remains: Readonly<Record<string, readonly unknown[]>>): string[] {
  return Object.entries(remains).flatMap(([what, found]) =>
    found.length === 0 ? [] : [`K7 ${what}: ${found.map(String).join(', ')}`],
  );
}
