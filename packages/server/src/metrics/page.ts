import { isFromThisMachine, isSameSecret, type Page } from '../platform/http/index.ts';
import type { Metrics } from '../platform/metrics/index.ts';
import { problem } from '../platform/module/index.ts';

/** Who may read the metrics. */
export interface MetricsPageDeps {
  metrics: Pick<Metrics, 'exposition'>;
  /** METRICS_TOKEN. Whoever sends it as a bearer token may read, from anywhere. */
  token: string | undefined;
  /** Whether strangers can reach the server; without a token nobody may read then. */
  isPublic: boolean;
}

/**
 * `/metrics` for Prometheus. Without a token only for this machine, while nobody else can reach the server: a proxy
 * that passes requests on without a word looks like somebody at this machine.
 */
export function metricsPage({ metrics, token, isPublic }: MetricsPageDeps): Page {
  return {
    path: '/metrics',
    async answer(request) {
      if (token === undefined) {
        if (isPublic || !isFromThisMachine(request)) throw problem('not_found');
      } else {
        const given = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
        if (given === undefined || !isSameSecret(given, token)) throw problem('unauthenticated');
      }
      const { type, body } = await metrics.exposition();
      return { headers: { 'content-type': type, 'cache-control': 'no-store' }, body };
    },
  };
}
