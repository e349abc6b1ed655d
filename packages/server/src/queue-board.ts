import { type AuditEntry, recordAudit } from './modules/identity/index.ts';
import type { Clock } from './platform/clock/index.ts';
import { type Board, restRequestInfo } from './platform/http/index.ts';
import type { JobSystem } from './platform/jobs/index.ts';
import { problem, type Transact } from './platform/module/index.ts';
import type { RestDeps } from './platform/operations/index.ts';

/** Where administrators see the job queue. */
const PATH = '/admin/queues';

/** What the board of the job queue needs. */
export interface QueueBoardDeps extends Pick<RestDeps, 'identify'> {
  jobs: Pick<JobSystem, 'board'>;
  clock: Pick<Clock, 'now'>;
  transact: Transact;
  /** Whether jobs may be changed through the board. */
  writable: boolean;
}

/**
 * Bull Board at /admin/queues for administrators, by the session of their browser. Each change is in the audit log
 * before it happens.
 */
export function queueBoard({ jobs, clock, transact, identify, writable }: QueueBoardDeps): Board {
  return {
    path: PATH,
    plugin: jobs.board({ path: PATH, writable }),
    async admit(request) {
      const { actor } = await identify(request);
      if (actor.kind !== 'user') throw problem('unauthenticated');
      const { userId } = actor;
      request.userId = userId;
      // A token of a program was given for certain operations; this is none of them.
      if (actor.role !== 'admin' || actor.scopes !== undefined) throw problem('forbidden');
      if (request.method === 'GET' || request.method === 'HEAD') return;
      if (!writable) throw problem('method_not_allowed', 'Set QUEUE_BOARD=write to change jobs here');
      const entry: AuditEntry = {
        kind: 'queue_changed',
        actorId: userId,
        targetId: null,
        details: { method: request.method, path: request.url.split('?')[0]?.slice(PATH.length, 300) ?? '' },
      };
      await transact({ actorId: userId }, ({ tx }) =>
        recordAudit(tx, { request: restRequestInfo(request), now: clock.now() }, entry),
      );
    },
  };
}
