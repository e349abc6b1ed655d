/** A period; `end: null`: still running. */
export interface Piece {
  start: Date;
  end: Date | null;
}

/**
 * How a running timer is cut by a period that is locked: at each border that it runs across. Where the period goes on
 * beyond now, the timer stops now, for nothing may run inside.
 * @returns the pieces in order, without a gap; only the last may go on
 */
export function splitBy(startedAt: Date, period: { from: Date; to: Date }, now: Date): Piece[] {
  const end = period.to > now ? now : null;
  const cuts = [period.from, period.to].filter((cut) => cut > startedAt && cut < now);
  const starts = [startedAt, ...cuts];
  return starts.map((start, at) => ({ start, end: cuts[at] ?? end }));
}
