/** A part of an entry; `end: null`: still running. */
export interface Piece {
  start: Date;
  end: Date | null;
}

/**
 * Splits a running timer at each border of a locked period. If the period extends beyond now, the timer stops now,
 * because no timer may run inside it.
 * @returns the pieces in order, without a gap; only the last may still run
 */
export function splitBy(startedAt: Date, period: { from: Date; to: Date }, now: Date): Piece[] {
  const end = period.to > now ? now : null;
  const cuts = [period.from, period.to].filter((cut) => cut > startedAt && cut < now);
  const starts = [startedAt, ...cuts];
  return starts.map((start, at) => ({ start, end: cuts[at] ?? end }));
}
