import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Log } from '../log/index.ts';
import type { Metric } from './metric.ts';

/** How long a request or an operation may take, in seconds. */
const DURATIONS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Gauges of the library with names like counters; each has a variant by type, which is kept. */
const MISNAMED = ['nodejs_active_resources_total', 'nodejs_active_handles_total', 'nodejs_active_requests_total'];

/** How an operation ended: `refused` with a problem below 500, `failed` with one from 500. */
export type Outcome = 'ok' | 'refused' | 'failed';

/** An answered HTTP request. */
export interface AnsweredRequest {
  method: string;
  /** The template of its route, so that ids do not become labels; undefined if no route matched. */
  route: string | undefined;
  status: number;
  ms: number;
  requestId: string;
  /** The user of the request, once it is known. */
  userId: string | undefined;
  /** The caller's trace context. */
  traceparent: string | undefined;
}

/** A completed operation. */
export interface EndedOperation {
  operation: string;
  transport: string;
  outcome: Outcome;
  ms: number;
  requestId: string;
  /** The caller's trace context. */
  traceparent: string | undefined;
}

/** The measurements of this process. */
export interface Metrics {
  /** Adds metrics that are read at each scrape. Throws an Error if a name is taken. */
  add(metrics: readonly Metric[]): void;
  requestAnswered(request: AnsweredRequest): void;
  operationEnded(operation: EndedOperation): void;
  /** All metrics in the text format of Prometheus. */
  exposition(): Promise<{ type: string; body: string }>;
}

/** Creates the metrics of a process, with those of Node.js itself. */
export function createMetrics(log: Log): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
  const requests = new Histogram({
    name: 'atrium_http_request_duration_seconds',
    help: 'Time to answer HTTP requests, by the template of the route.',
    labelNames: ['method', 'route', 'status'],
    buckets: DURATIONS,
    registers: [registry],
  });
  const operations = new Histogram({
    name: 'atrium_operation_duration_seconds',
    help: 'Time to carry out operations, by REST and by the socket.',
    labelNames: ['operation', 'transport', 'outcome'],
    buckets: DURATIONS,
    registers: [registry],
  });
  /** Looking up a labelled histogram costs more than the observation. */
  const series = new Map<string, Histogram.Internal<string>>();

  function observe(key: string, find: () => Histogram.Internal<string>, ms: number): void {
    let found = series.get(key);
    if (found === undefined) {
      found = find();
      series.set(key, found);
    }
    found.observe(ms / 1_000);
  }

  return {
    add(metrics) {
      for (const metric of metrics) register(registry, metric, log);
    },
    requestAnswered({ method, route = 'unmatched', status, ms }) {
      observe(`${method} ${route} ${status}`, () => requests.labels(method, route, String(status)), ms);
    },
    operationEnded({ operation, transport, outcome, ms }) {
      observe(`${operation} ${transport} ${outcome}`, () => operations.labels(operation, transport, outcome), ms);
    },
    async exposition() {
      return { type: registry.contentType, body: await registry.metrics() };
    },
  };
}

function register(registry: Registry, metric: Metric, log: Log): void {
  const { name, help, type, labels = [] } = metric;
  const options = { name, help, labelNames: [...labels], registers: [registry] };
  const read = async (): Promise<readonly { labels: Record<string, string>; value: number }[]> => {
    try {
      return (await metric.read()).map((sample) => ({ labels: { ...sample.labels }, value: sample.value }));
    } catch (error) {
      log.warn({ err: error, metric: name }, 'could not read a metric');
      return [];
    }
  };
  if (type === 'gauge') {
    new Gauge({
      ...options,
      async collect() {
        const samples = await read();
        this.reset();
        // No value is better than a wrong one.
        if (samples.length === 0 && labels.length === 0) this.remove();
        for (const { labels: of, value } of samples) this.set(of, value);
      },
    });
  } else {
    new Counter({
      ...options,
      async collect() {
        const samples = await read();
        this.reset();
        for (const { labels: of, value } of samples) this.inc(of, value);
      },
    });
  }
}
