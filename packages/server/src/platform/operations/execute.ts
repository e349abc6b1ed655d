import { isCommand, isOpen, type Operation, pathKeys, scopeOf } from '@atrium/protocol';
import type { Logger } from 'pino';
import { type Executor, isStorageFull, isUnavailable } from '../database/index.ts';
import { type Permit, uncounted } from '../limits/index.ts';
import type { EndedOperation } from '../metrics/index.ts';
import {
  type Actor,
  type Answer,
  type Call,
  type CallContext,
  type Implementation,
  loadSubject,
  type OperationExecutor,
  type UserActor,
} from '../module/index.ts';
import { ProblemError, problem } from '../problem/index.ts';
import { AnswerKeeper } from './answer-keeper.ts';
import { type CommandDeps, runCommand } from './command.ts';
import type { ExecutorDeps } from './deps.ts';
import { parseInput } from './input.ts';

/** Creates the executor, through which every call passes: rate limit, input, access, the operation, its answer. */
export function createExecutor(deps: ExecutorDeps): OperationExecutor {
  const operations = new Map(
    deps.implementations.map((implementation) => [implementation.operation.name, implementation]),
  );

  const readers = readersByOutput(deps.implementations);
  const commandDeps: CommandDeps = {
    ...deps,
    answers: deps.answers ?? new AnswerKeeper({ db: deps.database.db, log: deps.log }),
    canReread: (operation) => readers.has(operation.output),
    async reread(call, id) {
      const output = operations.get(call.name)?.operation.output;
      const reader = output && readers.get(output);
      if (reader === undefined) throw problem('not_found');
      const input = { [pathKeys(reader.operation.path)[0] ?? '']: id };
      const { data } = await run(reader, { ...call, input, key: undefined }, call.actor);
      return data;
    },
  };

  async function execute(call: Call): Promise<Answer> {
    const implementation = operations.get(call.name);
    if (implementation === undefined) throw problem('not_found', `There is no operation ${call.name.slice(0, 64)}`);
    const { operation } = implementation;
    const actor = await admit(operation, call.actor);
    if (operation.files === true && call.files === undefined) {
      throw problem('unsupported_media_type', 'Files are sent over HTTP, as multipart/form-data');
    }
    const permit = await permitFor(implementation, call, actor);
    try {
      const answer = await run(implementation, call, actor);
      await permit.succeeded();
      if (actor.kind === 'user' && isCommand(operation)) {
        deps.commanded?.(actor.userId, operation.name, deps.clock.now());
      }
      return answer;
    } catch (error) {
      await (isFailedTry(error) ? permit.failed() : permit.succeeded());
      throw error;
    }
  }

  async function permitFor({ operation, limit }: Implementation, call: Call, actor: Actor): Promise<Permit> {
    if (limit === 'itself') return uncounted;
    return deps.limiter.enter(operation.limit, call.request.ip, actor.kind === 'user' ? actor.userId : undefined);
  }

  /**
   * Refuses callers who must sign in, verify their address or have another role, before anything is counted or read.
   */
  async function admit(operation: Operation, actor: Actor): Promise<Actor> {
    if (operation.access === 'public') return actor;
    if (actor.kind !== 'user') {
      if (isOpen(operation)) return actor;
      throw problem('unauthenticated');
    }
    checkScope(operation, actor);
    // Users with an unverified address may see what anonymous callers may see.
    if (isOpen(operation)) return actor;
    if (operation.access === 'instance:admin' && actor.role !== 'admin') throw problem('forbidden');
    if (!actor.emailVerified && operation.unverified !== true) {
      const may = await deps.unverifiedMay();
      if (may === 'nothing' || (may === 'read' && isCommand(operation))) throw problem('unverified_email');
    }
    return actor;
  }

  async function run(implementation: Implementation, call: Call, actor: Actor): Promise<Answer> {
    const { operation } = implementation;
    const input = parseInput(operation, call.input);
    const base = { input, actor, request: call.request, now: deps.clock.now() } as CallContext<Operation>;
    const status = operation.status ?? 200;
    if (implementation.mode === 'command') {
      const { data, replayed } = await runCommand(commandDeps, implementation, base, call);
      return { status, data, replayed };
    }
    const runOn = async (db: Executor) => {
      const subject = await loadSubject(deps.loaders, operation, db, actor, input);
      return implementation.run({ ...base, subject, db, key: call.key, files: call.files } as never);
    };
    const { database } = deps;
    // The access check and the read see the same snapshot: someone removed in between reads nothing newer.
    const data =
      implementation.mode === 'read' && operation.access.includes(':')
        ? await database.transaction(runOn, { isolation: 'repeatable read', readOnly: true })
        : await runOn(database.db);
    return { status, data, replayed: false };
  }

  return {
    operations,
    async execute(call) {
      const startedAt = performance.now();
      let outcome: EndedOperation['outcome'] = 'ok';
      try {
        return await execute(call);
      } catch (error) {
        const refusal = toProblem(error, deps.log, call);
        outcome = refusal.status < 500 ? 'refused' : 'failed';
        throw refusal;
      } finally {
        // Undeclared names would create a time series each.
        const operation = operations.has(call.name) ? call.name : 'unknown';
        const { id: requestId, traceparent, transport } = call.request;
        const ms = performance.now() - startedAt;
        deps.ended?.({ operation, transport, outcome, ms, requestId, traceparent });
      }
    },
  };
}

/** Reads of one object by its id, by the schema of their output. */
function readersByOutput(implementations: readonly Implementation[]): Map<unknown, Implementation> {
  const readers = implementations.filter(({ mode, operation }) => {
    const keys = pathKeys(operation.path);
    return mode === 'read' && keys.length === 1 && Object.keys(operation.input.shape).length === 1;
  });
  return new Map(readers.map((reader) => [reader.operation.output, reader]));
}

/** Rejects API tokens without the scope of the operation. Throws `scope_missing`. */
function checkScope(operation: Operation, { scopes }: UserActor): void {
  if (scopes === undefined) return;
  const needed = scopeOf(operation);
  if (needed === undefined) throw problem('scope_missing', 'This operation is not available to API tokens.');
  if (!scopes.includes(needed)) throw problem('scope_missing', `The token needs the scope "${needed}".`);
}

/** True for refusals that an attacker may provoke by guessing; not for malformed requests or server errors. */
function isFailedTry(error: unknown): boolean {
  return error instanceof ProblemError && error.status < 500 && error.code !== 'invalid_input';
}

/** Converts any error into a problem for the caller; unexpected errors are logged. */
export function toProblem(
  error: unknown,
  log: Logger,
  call: { name: string; actor?: Actor; request: Pick<Call['request'], 'id'> },
): ProblemError {
  if (error instanceof ProblemError) return error;
  if (isStorageFull(error)) return problem('storage_full');
  if (isUnavailable(error)) return problem('unavailable', { retryAfterMs: 1_000 });
  const userId = call.actor?.kind === 'user' ? call.actor.userId : undefined;
  log.error({ err: error, operation: call.name, requestId: call.request.id, userId }, 'an operation failed');
  return problem('internal');
}
