/** A value of a metric, with its labels if it has any. */
export interface Sample {
  labels?: Readonly<Record<string, string>>;
  value: number;
}

/** A metric whose values are read when Prometheus scrapes them. */
export interface Metric {
  /**
   * `atrium_…` in base units (seconds, bytes); counters end in `_total`
   * (https://prometheus.io/docs/practices/naming/).
   */
  name: string;
  help: string;
  type: 'counter' | 'gauge';
  labels?: readonly string[];
  /** The current values. One that cannot be read is left out, and the others are still returned. */
  read(): readonly Sample[] | Promise<readonly Sample[]>;
}

/** A metric with one value and no labels. */
export function gauge(name: string, help: string, read: () => number | Promise<number>): Metric {
  return { name, help, type: 'gauge', read: async () => [{ value: await read() }] };
}

/** A total that only grows while the process runs. */
export function counter(name: string, help: string, read: () => number): Metric {
  return { name, help, type: 'counter', read: () => [{ value: read() }] };
}
