import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { analytics, type WorkspaceAnalytics } from '@atrium/protocol';
import { z } from 'zod';
import { type ContentRoute, noCookies, type OperationExecutor, problem } from '../../../platform/module/index.ts';
import { csvOf, TABLES, type Table } from './csv.ts';

const tableName = z.enum(TABLES).default('days');

/** The table that is asked for. Throws `invalid_input` for one that there is not. */
function tableOf(value: unknown): Table {
  const { data } = tableName.safeParse(value);
  if (data !== undefined) return data;
  const message = `must be one of ${TABLES.join(', ')}`;
  throw problem('invalid_input', { errors: [{ path: 'table', code: 'invalid_value', message }] });
}

/** The analytics of a workspace as a file, for whoever may read them. */
export function workspaceFile(deps: { clock: { now(): Date }; execute: OperationExecutor['execute'] }): ContentRoute {
  return {
    path: '/workspaces/:workspaceId/analytics.csv',
    async find({ identify, info, params, query }) {
      const { table: asked, ...input } = query;
      const table = tableOf(asked);
      const { data } = await deps.execute({
        name: analytics.ofWorkspace.name,
        input: { ...input, ...params },
        actor: await identify(),
        request: info,
        cookies: noCookies,
      });
      const read = data as WorkspaceAnalytics;
      const text = Buffer.from(csvOf(table, read));
      return {
        etag: `"${createHash('sha256').update(text).digest('base64url')}"`,
        lastModified: deps.clock.now(),
        bytes: text.length,
        type: 'text/csv; charset=utf-8',
        name: `analytics-${table}-${read.from}-${read.to}.csv`,
        inline: false,
        open: async (range) => Readable.from([range ? text.subarray(range.start, range.end + 1) : text]),
      };
    },
  };
}
