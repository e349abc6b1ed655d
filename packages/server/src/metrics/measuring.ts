import type { Clock } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import { createMetrics, type Metrics } from '../platform/metrics/index.ts';

/** The measurements of this process. */
export interface Measuring extends Metrics {
  /** Exports the remaining traces. */
  stop(): Promise<void>;
}

/**
 * Starts measuring, and tracing if an exporter is configured. Otherwise tracing costs nothing: not even its code is
 * loaded.
 */
export async function startMeasuring(
  otlpEndpoint: string | undefined,
  { clock, log }: { clock: Pick<Clock, 'now'>; log: Log },
): Promise<Measuring> {
  const metrics = createMetrics(log);
  if (otlpEndpoint === undefined) return { ...metrics, stop: () => Promise.resolve() };
  const { startTracing } = await import('../platform/tracing/index.ts');
  const tracing = startTracing(otlpEndpoint, { clock, log });
  return {
    ...metrics,
    requestAnswered(request) {
      metrics.requestAnswered(request);
      tracing.requestAnswered(request);
    },
    operationEnded(operation) {
      metrics.operationEnded(operation);
      tracing.operationEnded(operation);
    },
    stop: () => tracing.stop(),
  };
}
