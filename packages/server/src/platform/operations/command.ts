import { createHash } from 'node:crypto';
import type { Operation } from '@atrium/protocol';
import type { Transaction } from '../database/index.ts';
import type { Job } from '../jobs/index.ts';
import { collectEvents, type StoredEvent } from '../stream/index.ts';
import { loadSubject } from './access.ts';
import type { Call, ExecutorDeps } from './call.ts';
import type { CallContext, Implementation } from './context.ts';
import { beginCommand, readAnswer, type StoredAnswer, storeAnswer } from './idempotency-store.ts';
import { CommittedProblem, problem } from './problem-error.ts';

interface Outcome {
  data: Record<string, unknown>;
  replayed: boolean;
}

interface Attempt extends Outcome {
  committed: StoredEvent[];
  refusal?: CommittedProblem;
}

/** Whose key it is, and a digest of what was asked under it. */
interface Intent {
  accountId: string;
  key: string;
  operation: string;
  inputHash: Buffer;
}

/** One command on its way. */
interface Task {
  deps: ExecutorDeps;
  implementation: Implementation;
  base: CallContext<Operation>;
  call: Call;
  intent: Intent | undefined;
  prepared: unknown;
}

/**
 * Runs a command: its writes, events, jobs and stored answer are one transaction; readers hear of it after the commit.
 * With a key it takes effect once: whoever asks again gets the stored answer.
 */
export async function runCommand(
  deps: ExecutorDeps,
  implementation: Implementation,
  base: CallContext<Operation>,
  call: Call,
): Promise<Outcome> {
  const { operation } = implementation;
  const intent = intentOf(operation, base, call);
  if (intent !== undefined) {
    const stored = await readAnswer(deps.database.db, intent);
    if (stored !== undefined) return replay(intent, stored);
  }
  const prepared = await implementation.prepare?.({ ...base, db: deps.database.db });
  try {
    const task = { deps, implementation, base, call, intent, prepared };
    const attempt = await deps.database.transaction((tx) => attemptCommand(tx, task));
    deps.hub.committed(attempt.committed);
    if (attempt.refusal !== undefined) throw attempt.refusal;
    return attempt;
  } catch (error) {
    // A twin of this call may have won meanwhile; then its answer is the answer.
    const stored =
      intent && !(error instanceof CommittedProblem) ? await readAnswer(deps.database.db, intent) : undefined;
    if (intent !== undefined && stored !== undefined) return replay(intent, stored);
    throw error;
  }
}

function intentOf(operation: Operation, base: CallContext<Operation>, call: Call): Intent | undefined {
  if (call.key === undefined || call.actor.kind !== 'user' || operation.secret) return undefined;
  const inputHash = createHash('sha256').update(JSON.stringify(base.input)).digest();
  return { accountId: call.actor.userId, key: call.key, operation: operation.name, inputHash };
}

function replay(intent: Intent, stored: StoredAnswer): Outcome {
  if (stored.operation !== intent.operation || !stored.inputHash.equals(intent.inputHash)) {
    throw problem('idempotency_mismatch');
  }
  return { data: stored.answer, replayed: true };
}

/** Runs anew from the start when the database asks for it, so it keeps nothing from an earlier attempt. */
async function attemptCommand(tx: Transaction, task: Task): Promise<Attempt> {
  const { deps, implementation, base, call, intent, prepared } = task;
  const begun = await beginCommand(tx, intent);
  if (!begun.alone) throw problem('in_progress', { retryAfterMs: 500 });
  const { operation } = implementation;
  const actorId = call.actor.kind === 'user' ? call.actor.userId : null;
  const events = collectEvents(actorId);
  const jobs: Job[] = [];
  const context = {
    ...base,
    now: begun.now,
    subject: await loadSubject(deps.loaders, operation, tx, call.actor, base.input),
    prepared,
    tx,
    cookies: call.cookies,
    append: events.append,
    endStreams: events.endStreams,
    enqueue(job: Job) {
      jobs.push(job);
    },
  };
  let data: Record<string, unknown> = {};
  let refusal: CommittedProblem | undefined;
  try {
    data = await implementation.run(context as never);
  } catch (error) {
    if (!(error instanceof CommittedProblem)) throw error;
    refusal = error;
  }
  if (intent !== undefined && refusal === undefined) await storeAnswer(tx, intent, data);
  if (jobs.length > 0) await deps.jobs.addJobs(tx, jobs);
  const committed = await events.write(tx);
  return { data, replayed: false, committed, ...(refusal === undefined ? {} : { refusal }) };
}
