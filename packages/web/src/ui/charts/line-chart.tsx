import styles from './charts.module.css';

/** A value at a time; milliseconds since 1970. */
export interface Point {
  at: number;
  value: number;
}

const WIDTH = 240;
const HEIGHT = 56;

/** The outline of consecutive points without a gap. */
function pathOf(points: readonly Point[], x: (at: number) => number, y: (value: number) => number): string {
  return points.map(({ at, value }, index) => `${index === 0 ? 'M' : 'L'}${x(at)} ${y(value)}`).join('');
}

/** Splits points where the time between two of them exceeds the step. Pure. */
export function unbroken(points: readonly Point[], stepMs: number): Point[][] {
  const runs: Point[][] = [];
  for (const point of points) {
    const last = runs.at(-1);
    const before = last?.at(-1);
    if (last === undefined || before === undefined || point.at - before.at > stepMs * 1.5) runs.push([point]);
    else last.push(point);
  }
  return runs;
}

/** A line chart over time; hidden from screen readers, because its content is written beside it. */
export function LineChart({
  points,
  from,
  to,
  stepMs,
  most,
}: {
  points: readonly Point[];
  from: number;
  to: number;
  /** The time between two points; after a longer time the line is interrupted. */
  stepMs: number;
  /** The value at the top. */
  most: number;
}) {
  const round = (value: number) => Math.round(value * 10) / 10;
  const x = (at: number) => round(((at - from) / Math.max(1, to - from)) * WIDTH);
  const y = (value: number) => round(HEIGHT - 1 - (Math.min(value, most) / Math.max(1, most)) * (HEIGHT - 2));
  return (
    <svg aria-hidden className={styles.line} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
      {unbroken(points, stepMs).map((run) => {
        const [first, last] = [run[0]?.at ?? from, run.at(-1)?.at ?? to];
        // A single point has no length: it is drawn as wide as its time step.
        const drawn = run.length > 1 ? run : [...run, { at: first + stepMs, value: run[0]?.value ?? 0 }];
        const end = run.length > 1 ? last : first + stepMs;
        return (
          <g key={first}>
            <path className={styles.area} d={`${pathOf(drawn, x, y)}L${x(end)} ${HEIGHT}L${x(first)} ${HEIGHT}Z`} />
            <path className={styles.stroke} d={pathOf(drawn, x, y)} />
          </g>
        );
      })}
    </svg>
  );
}
