import { type AuditEntry, recordAudit } from '../modules/identity/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import { type Board, restRequestInfo } from '../platform/http/index.ts';
import type { JobSystem } from '../platform/jobs/index.ts';
import { ProblemError, problem, type Transact, type UserActor } from '../platform/module/index.ts';
import type { RestDeps } from '../platform/operations/index.ts';

type BoardRequest = Parameters<Board['admit']>[0];

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
      const actor = await userOf(request);
      if (actor === undefined) {
        // The refresh cookie is sent to the API only: there the session is renewed, and the browser comes back.
        if (isVisit(request)) return `/api/v1/auth/continue?${new URLSearchParams({ to: PATH })}`;
        throw problem('unauthenticated');
      }
      const { userId } = actor;
      request.userId = userId;
      // A token of a program was given for certain operations; this is none of them.
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

  /** Who sends a request; undefined without a session, or with an access token that has expired. */
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

/** True when a person opens a page, not when a program or a script of the page asks for something. */
function isVisit({ headers, method }: BoardRequest): boolean {
  return method === 'GET' && headers.authorization === undefined && headers.accept?.includes('text/html') === true;
}
