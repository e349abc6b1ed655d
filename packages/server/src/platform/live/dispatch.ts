import { randomUUID } from 'node:crypto';
import { connectionCommands, operations } from '@atrium/protocol';
import { userAgentOf } from '../http/index.ts';
import { type Call, noCookies } from '../module/index.ts';
import { parseShape, toProblem } from '../operations/index.ts';
import { ProblemError, problem } from '../problem/index.ts';
import type { LiveDeps } from './deps.ts';
import type { LiveSocket } from './live-socket.ts';

/** Socket events named like an operation. */
const named = new Map(operations.flatMap((operation) => (operation.event ? [[operation.event, operation.name]] : [])));

type Ack = (answer: unknown) => void;

/** Longer than any event name. */
const EVENT_LENGTH = 64;

/** Runs a command that a client emitted and calls its ack, if any. Never throws. */
export function dispatch(deps: LiveDeps, live: LiveSocket, emitted: string, args: unknown[]): void {
  // A client that sends commands without reading the answers uses memory, like any slow consumer.
  if (!live.reads()) return;
  const last = args.at(-1);
  const ack = typeof last === 'function' ? (last as Ack) : undefined;
  const input = typeof args[0] === 'function' ? undefined : args[0];
  const event = emitted.slice(0, EVENT_LENGTH);
  const requestId = randomUUID();
  live.commands
    .run(async () => {
      // Simultaneous commands are answered as fast as the answers are read.
      await live.untilRead();
      return answer(deps, live, event, input, requestId);
    })
    .then(
      (data) => ack?.({ ok: true, data }),
      (error: unknown) => {
        const refusal = toProblem(error, deps.log, { name: event, actor: live.actor, request: { id: requestId } });
        if (refusal.code === 'rate_limited') announceLimit(live, event, input, refusal);
        ack?.({ ok: false, error: refusal.toProblem(requestId) });
      },
    );
}

async function answer(
  deps: LiveDeps,
  live: LiveSocket,
  event: string,
  input: unknown,
  requestId: string,
): Promise<unknown> {
  if (live.actor.expiresAt <= deps.clock.now() && event !== 'auth:renew') throw problem('token_expired');
  if (event === 'auth:renew') return renew(deps, live, input);
  const call = toCall(event, input);
  // A connection is long-lived; the user's rights may have changed since it was opened.
  if (isForAdmins(deps, call.name)) await refreshActor(deps, live);
  try {
    return await execute(deps, live, call, requestId);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'unverified_email') throw error;
    await refreshActor(deps, live);
    if (!live.actor.emailVerified) throw error;
    return execute(deps, live, call, requestId);
  }
}

async function execute(
  deps: LiveDeps,
  live: LiveSocket,
  call: Pick<Call, 'name' | 'input' | 'key'>,
  requestId: string,
): Promise<unknown> {
  const { data } = await deps.executor.execute({
    ...call,
    actor: live.actor,
    cookies: noCookies,
    request: {
      id: requestId,
      ip: String(live.socket.data.ip),
      userAgent: userAgentOf(live.socket.handshake.headers),
      transport: 'socket',
      connectionId: live.socket.id,
    },
  });
  return data;
}

function toCall(event: string, input: unknown): Pick<Call, 'name' | 'input' | 'key'> {
  const name = named.get(event);
  if (name !== undefined) return { name, input };
  if (event !== 'op') throw problem('not_found', `There is no event ${event}`);
  const { name: operation, input: operationInput, key } = parseShape(connectionCommands.op.input, input);
  return { name: operation, input: operationInput, key };
}

/**
 * Reloads the user of a connection.
 * @throws `invalid_token` if the session has ended
 */
export async function refreshActor(deps: Pick<LiveDeps, 'authenticate'>, live: LiveSocket): Promise<void> {
  const { token } = live.socket.data as { token: string };
  live.actor = (await deps.authenticate(undefined, token)).actor;
}

function isForAdmins({ executor }: LiveDeps, name: string): boolean {
  return executor.operations.get(name)?.operation.access === 'instance:admin';
}

/** A new access token for an open connection; it must belong to the same session. */
async function renew(deps: LiveDeps, live: LiveSocket, input: unknown): Promise<{ expiresAt: string }> {
  const { token } = parseShape(connectionCommands['auth:renew'].input, input);
  const identity = await deps.authenticate(undefined, token);
  const { actor } = identity;
  if (actor.sessionId !== live.sessionId) throw problem('invalid_token');
  live.actor = actor;
  Object.assign(live.socket.data, identity);
  return { expiresAt: actor.expiresAt.toISOString() };
}

/** Also emitted as an event, for clients that ignore the ack: which message was refused, and when to retry. */
function announceLimit(live: LiveSocket, event: string, input: unknown, refusal: ProblemError): void {
  const asked = event === 'op' ? connectionCommands.op.input.safeParse(input).data : { name: named.get(event), input };
  const { clientMessageId } = (typeof asked?.input === 'object' && asked.input !== null ? asked.input : {}) as {
    clientMessageId?: unknown;
  };
  live.emit('error:rate_limited', {
    operation: asked?.name ?? event,
    ...(typeof clientMessageId === 'string' ? { clientMessageId: clientMessageId.slice(0, 36) } : {}),
    retryAfterMs: refusal.details.retryAfterMs ?? 1_000,
  });
}
