import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import type { Clock } from '../../../server/src/platform/clock/index.ts';
import { type Database, openDatabase } from '../../../server/src/platform/database/index.ts';
import type { Log } from '../../../server/src/platform/log/index.ts';

/** A clock that stands still wherever it was set, for the program and for its database. */
export interface HeldClock extends Clock {
  set(at: Date): Promise<void>;
}

/**
 * Opens the embedded database of this directory with a clock that stands still: `now()` and `clock_timestamp()` are
 * found in `public` before those of PostgreSQL.
 */
export async function openHeldDatabase(
  dataDir: string,
  at: Date,
  log: Log,
): Promise<{ database: Database; clock: HeldClock }> {
  const first = await openDatabase({ dataDir, log });
  await first.pool.query(`
    create table public.held_clock (at timestamptz not null);
    insert into public.held_clock values ('${at.toISOString()}');
    create function public.now() returns timestamptz stable language sql as 'select at from public.held_clock';
    create function public.clock_timestamp() returns timestamptz stable language sql
      as 'select at from public.held_clock';
    alter role current_user set search_path = public, pg_catalog`);
  // What a role has set counts for connections that are opened after it.
  await first.close();
  const database = await openDatabase({ dataDir, log });
  let held = at;
  // The clock of this machine has to agree with the database's.
  Date.now = () => held.getTime();
  const clock: HeldClock = {
    now: () => held,
    steadyNow: () => held,
    offsetMs: () => 0,
    onJump: () => undefined,
    stop: () => undefined,
    async set(next) {
      await database.pool.query('update public.held_clock set at = $1', [next]);
      held = next;
    },
  };
  return { database, clock };
}

/** Numbers that look random and are the same in each run (the generator "mulberry32" by Tommy Ettinger). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

const ID_BYTE = 0x11;

/**
 * Lets this process draw the same ids and codes in each run, as the grounds of avatars and the codes of invitations
 * come from them. Only for a program that nobody else can reach, and that ends with the pictures.
 */
export function drawTheSame(): void {
  const fill = <Bytes extends Uint8Array>(bytes: Bytes, next: () => number): Bytes => {
    for (let index = 0; index < bytes.length; index += 1) bytes[index] = next() & 0xff;
    return bytes;
  };
  const [forFilling, forBytes, forNumbers] = [numbersFrom(1), numbersFrom(2), numbersFrom(3)];
  const drawn: Partial<Record<keyof typeof crypto, unknown>> = {
    // Those of ids, which are drawn for many at once, are all the same: ids count, from each instant on.
    randomFillSync: (bytes: Uint8Array) => (bytes.length > 1_000 ? bytes.fill(ID_BYTE) : fill(bytes, forFilling)),
    randomBytes: (size: number) => fill(Buffer.alloc(size), forBytes),
    randomInt: (low: number, high?: number) =>
      high === undefined ? forNumbers() % low : low + (forNumbers() % (high - low)),
  };
  Object.assign(crypto, drawn);
  syncBuiltinESMExports();
}
