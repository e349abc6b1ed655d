import { isFromThisMachine, isSameSecret, type Page } from '../platform/http/index.ts';
import type { Metrics } from '../platform/metrics/index.ts';
import { problem } from '../platform/module/index.ts';

/** Access to the metrics. */
export interface MetricsPageDeps {
  metrics: Pick<Metrics, 'exposition'>;
  /** METRICS_TOKEN: with this bearer token the metrics can be read from anywhere. */
  token: string | undefined;
  /** Whether the server is reachable from other machines; then the metrics need a token. */
  isPublic: boolean;
}

/**
 * `/metrics` for Prometheus. Without a token only for this machine, and only while the server is not public: requests
 * through a proxy that does not set forwarding headers look like local ones.
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
