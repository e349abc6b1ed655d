import { createHash } from 'node:crypto';
import type { Operation } from '@atrium/protocol';
import {
  type Call,
  type CallContext,
  holdSubject,
  type Implementation,
  loadSubject,
  whenToHoldCaller,
} from '../module/index.ts';
import { CommittedProblem, problem } from '../problem/index.ts';
import type { Work } from '../transact/index.ts';
import type { AnswerKeeper } from './answer-keeper.ts';
import type { ExecutorDeps } from './deps.ts';
import { beginCommand, readAnswer, type StoredAnswer } from './idempotency-store.ts';

/** What commands need in addition to the executor's dependencies. */
export interface CommandDeps extends ExecutorDeps {
  answers: AnswerKeeper;
  /** Whether a read has the output of this operation, for an id. */
  canReread(operation: Operation): boolean;
  /** The answer of a command, read again. Throws what the read throws. */
  reread(call: Call, id: string): Promise<Record<string, unknown>>;
}

interface Outcome {
  data: Record<string, unknown>;
  replayed: boolean;
}

/** The owner of the key, and a digest of the input. */
interface Intent {
  accountId: string;
  key: string;
  operation: string;
  /** The same for all inputs of a secret operation: a digest would let passwords be guessed. */
  inputHash: Buffer;
  isSecret: boolean;
}

/** A running command. */
interface Task {
  deps: CommandDeps;
  implementation: Implementation;
  base: CallContext<Operation>;
  call: Call;
  intent: Intent | undefined;
  prepared: unknown;
}

/**
 * Runs a command: its writes, events, jobs and stored answer are one transaction, published after the commit. With a
 * key it takes effect once; a repeated call gets the stored answer.
 */
export async function runCommand(
  deps: CommandDeps,
  implementation: Implementation,
  base: CallContext<Operation>,
  call: Call,
): Promise<Outcome> {
  const { operation } = implementation;
  const intent = intentOf(operation, base, call);
  if (intent !== undefined) {
    const stored = await readAnswer(deps.database.db, intent);
    if (stored !== undefined) return replay(deps, intent, stored, call);
  }
  const prepared = await implementation.prepare?.({ ...base, db: deps.database.db });
  try {
    const outcome = await transactCommand({ deps, implementation, base, call, intent, prepared });
    if (outcome instanceof CommittedProblem) throw outcome;
    return { data: outcome, replayed: false };
  } catch (error) {
    // A concurrent call with the same key may have won; then its answer is returned.
    const stored =
      intent && !(error instanceof CommittedProblem) ? await readAnswer(deps.database.db, intent) : undefined;
    if (intent !== undefined && stored !== undefined) return replay(deps, intent, stored, call);
    throw error;
  }
}

function intentOf(operation: Operation, base: CallContext<Operation>, call: Call): Intent | undefined {
  if (call.key === undefined || call.actor.kind !== 'user') return undefined;
  const isSecret = operation.secret === true;
  const inputHash = createHash('sha256')
    .update(isSecret ? '' : JSON.stringify(base.input))
    .digest();
  return { accountId: call.actor.userId, key: call.key, operation: operation.name, inputHash, isSecret };
}

async function replay(deps: CommandDeps, intent: Intent, stored: StoredAnswer, call: Call): Promise<Outcome> {
  if (stored.operation !== intent.operation || !stored.inputHash.equals(intent.inputHash)) {
    throw problem('idempotency_mismatch');
  }
  if (stored.answer === null) throw problem('already_done');
  const data = stored.reference ? await deps.reread(call, String(stored.answer.id)) : stored.answer;
  return { data, replayed: true };
}

/** @returns the answer, or a refusal whose writes are committed */
function transactCommand(task: Task): Promise<Record<string, unknown> | CommittedProblem> {
  const { deps, base, call, intent } = task;
  const actorId = call.actor.kind === 'user' ? call.actor.userId : null;
  return deps.transact(
    {
      actorId,
      request: base.request,
      async begin(tx) {
        const { alone, now } = await beginCommand(tx, intent);
        if (!alone) throw problem('in_progress', { retryAfterMs: 500 });
        return now;
      },
    },
    (work) => attemptCommand(work, task),
  );
}

/** May be retried from the start, so it keeps nothing of an earlier attempt. */
async function attemptCommand(work: Work, task: Task): Promise<Record<string, unknown> | CommittedProblem> {
  const { deps, implementation, base, call, intent, prepared } = task;
  await holdSubject(deps.holds, implementation, work.tx, call.actor, base.input);
  const holdCallerIf = async (when: 'first' | 'last') => {
    const { actor } = call;
    if (actor.kind === 'user' && whenToHoldCaller(implementation) === when) await deps.holdCaller(work.tx, actor);
  };
  await holdCallerIf('first');
  const subject = await loadSubject(deps.loaders, implementation.operation, work.tx, call.actor, base.input);
  const context = { ...base, ...work, subject, prepared, key: call.key, cookies: call.cookies };
  try {
    const data = await implementation.run(context as never);
    await holdCallerIf('last');
    if (intent !== undefined) await deps.answers.keep(work.tx, intent, data, deps.canReread(implementation.operation));
    return data;
  } catch (error) {
    if (!(error instanceof CommittedProblem)) throw error;
    return error;
  }
}
