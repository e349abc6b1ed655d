import { randomBytes } from 'node:crypto';
import { timesheets } from '@atrium/protocol';
import { command, type Implementation, read, secretUrl } from '../../platform/module/index.ts';
import { recordAudit } from '../identity/index.ts';
import { LINK_MINUTES, LINK_PATH, tokenHash } from './files/link.ts';
import { insertLink } from './files/link-store.ts';
import { loadSheet } from './sheet/load.ts';
import { countOverlapping, rowsOf, sumOf } from './sheet/summary.ts';

const TOKEN_BYTES = 32;

/** Operations that add up time. */
export function timesheetOperations({ appUrl }: { appUrl: string }): Implementation[] {
  return [
    read(timesheets.get, async ({ actor, db, input, now }) => {
      const { by, ...query } = input;
      const { asOf, lines, timeZone } = await loadSheet(db, actor.userId, query, now);
      const running = new Set(lines.filter(({ entry }) => entry.isRunning).map(({ entry }) => entry.id));
      return {
        from: query.from,
        to: query.to,
        timeZone,
        by,
        asOf: asOf.toISOString(),
        rows: rowsOf(lines, by),
        total: sumOf(lines),
        running: running.size,
        overlapping: countOverlapping(lines),
      };
    }),

    command(timesheets.export, async (context) => {
      const { actor, input, now, tx } = context;
      // Callers who may not see it get no link.
      await loadSheet(tx, actor.userId, input, now);
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      const expiresAt = new Date(now.getTime() + LINK_MINUTES * 60_000);
      await insertLink(tx, { tokenHash: tokenHash(token), accountId: actor.userId, query: input, expiresAt, now });
      await recordAudit(tx, context, {
        kind: 'timesheet_exported',
        actorId: actor.userId,
        targetId: input.taskId ?? input.workspaceId ?? actor.userId,
        details: { format: input.format, from: input.from, to: input.to },
      });
      return { url: secretUrl(appUrl, LINK_PATH, token), expiresAt: expiresAt.toISOString() };
    }),
  ];
}
