import { type AuditEntry, recordAudit } from '../modules/identity/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import { type Board, restRequestInfo } from '../platform/http/index.ts';
import type { JobSystem } from '../platform/jobs/index.ts';
import { ProblemError, problem, type Transact, type UserActor } from '../platform/module/index.ts';
import type { RestDeps } from '../platform/operations/index.ts';

type BoardRequest = Parameters<Board['admit']>[0];

/** The path of the job queue's board. */
const PATH = '/admin/queues';

/** Dependencies of the job queue's board. */
export interface QueueBoardDeps extends Pick<RestDeps, 'identify'> {
  jobs: Pick<JobSystem, 'board'>;
  clock: Pick<Clock, 'now'>;
  transact: Transact;
  /** Whether jobs may be changed through the board. */
  writable: boolean;
}

/**
 * Bull Board at /admin/queues for administrators, authenticated by their browser session. Each change is recorded in
 * the audit log before it happens.
 */
export function queueBoard({ jobs, clock, transact, identify, writable }: QueueBoardDeps): Board {
  return {
    path: PATH,
    plugin: jobs.board({ path: PATH, writable }),
    async admit(request) {
      const actor = await userOf(request);
      if (actor === undefined) {
        // The refresh cookie is only sent to the API: the session is refreshed there, and the browser is redirected
        // back.
        if (isVisit(request)) return `/api/v1/auth/continue?${new URLSearchParams({ to: PATH })}`;
        throw problem('unauthenticated');
      }
      const { userId } = actor;
      request.userId = userId;
      // An API token only permits operations, and this is not one.
      if (actor.role !== 'admin' || actor.scopes !== undefined) throw problem('forbidden');
      if (request.method === 'GET' || request.method === 'HEAD') return undefined;
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
      return undefined;
    },
  };

  /** The sender of a request; undefined without a session or with an expired access token. */
  async function userOf(request: BoardRequest): Promise<UserActor | undefined> {
    try {
      const { actor } = await identify(request);
      return actor.kind === 'user' ? actor : undefined;
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'token_expired') return undefined;
      throw error;
    }
  }
}

/** True if a person opens a page, not for requests by programs or scripts. */
function isVisit({ headers, method }: BoardRequest): boolean {
  return method === 'GET' && headers.authorization === undefined && headers.accept?.includes('text/html') === true;
}
