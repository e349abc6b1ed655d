import type { Logger } from 'pino';
import type { Clock } from '../clock/index.ts';
import type { AnsweredRequest, EndedOperation } from '../metrics/index.ts';
import { SpanExporter } from './exporter.ts';
import { INTERNAL, newSpanId, placeOf, SERVER } from './span.ts';

/** Records the work of this process as traces. */
export interface Tracing {
  requestAnswered(request: AnsweredRequest): void;
  operationEnded(operation: EndedOperation): void;
  /** Sends the remaining spans. */
  stop(): Promise<void>;
}

/**
 * Starts to send a trace of each request: a span for the HTTP request, and one for the operation in it or, on a socket,
 * on its own. Loaded only if there is a receiver.
 */
export function startTracing(
  endpoint: string,
  { clock, log }: { clock: Pick<Clock, 'now'>; log: Pick<Logger, 'warn'> },
): Tracing {
  const exporter = new SpanExporter(endpoint, log);
  const timesOf = (ms: number) => {
    const endMs = clock.now().getTime();
    return { startMs: endMs - ms, endMs };
  };
  return {
    requestAnswered({ method, ms, requestId, route, status, traceparent, userId }) {
      const place = placeOf({ requestId, traceparent });
      if (place === undefined) return;
      exporter.add({
        ...place,
        ...timesOf(ms),
        name: route === undefined ? method : `${method} ${route}`,
        kind: SERVER,
        attributes: {
          'http.request.method': method,
          'http.route': route,
          'http.response.status_code': status,
          'user.id': userId,
          'atrium.request_id': requestId,
        },
        failed: status >= 500,
      });
    },

    operationEnded({ ms, operation, outcome, requestId, traceparent, transport }) {
      const place = placeOf({ requestId, traceparent });
      if (place === undefined) return;
      const isWithin = transport !== 'socket';
      exporter.add({
        traceId: place.traceId,
        spanId: isWithin ? newSpanId() : place.spanId,
        ...(isWithin && { parentSpanId: place.spanId }),
        ...timesOf(ms),
        name: operation,
        kind: isWithin ? INTERNAL : SERVER,
        attributes: {
          'atrium.operation': operation,
          'atrium.transport': transport,
          'atrium.outcome': outcome,
          'atrium.request_id': requestId,
        },
        failed: outcome === 'failed',
      });
    },

    stop: () => exporter.stop(),
  };
}
