import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { restRequestInfo } from '../http/index.ts';
import type { Limiter } from '../limits/index.ts';
import { callerKey, type UnreadBytes } from '../load/index.ts';
import type { OperationExecutor } from '../module/index.ts';
import type { Identified } from '../operations/index.ts';
import { ProblemError, problem } from '../problem/index.ts';
import type { McpCaller, McpRequest } from './endpoint.ts';

/** Dependencies of the endpoint for assistants. */
export interface McpDeps {
  executor: OperationExecutor;
  limiter: Limiter;
  /** Counts unread response data by user. */
  unread: UnreadBytes;
  /** Reads the bearer token. Throws a problem for invalid credentials. */
  identify(request: FastifyRequest): Promise<Identified>;
  isAllowedOrigin(request: Pick<FastifyRequest, 'headers'>): boolean;
}

/**
 * Serves /mcp: the contract as tools of the Model Context Protocol, over streamable HTTP without sessions
 * (https://modelcontextprotocol.io/specification). The protocol's code is loaded with the first request.
 */
export function serveMcp(app: FastifyInstance, deps: McpDeps): void {
  app.post('/mcp', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const caller = await admit(request, deps).catch((error: unknown) => {
      if (error instanceof ProblemError && error.status === 401) reply.header('www-authenticate', 'Bearer');
      throw error;
    });
    const message = messageOf(request);
    if (!isToolCall(message.body)) await countMessage(deps.limiter, caller);
    const { answerMcp } = await import('./endpoint.ts');
    const { status, contentType, text } = await answerMcp(deps.executor, caller, message);
    countUnread(deps.unread, caller, reply, text);
    reply.code(status);
    if (contentType !== undefined) reply.type(contentType);
    return reply.send(text);
  });
}

/**
 * Accepts only API tokens: an assistant may do what its token permits. Cookies are ignored, so that no page can make a
 * browser call it.
 */
async function admit(request: FastifyRequest, deps: McpDeps): Promise<McpCaller> {
  if (!deps.isAllowedOrigin(request)) throw problem('origin_refused');
  if (request.headers.authorization === undefined) throw problem('unauthenticated', 'Send an API token as bearer');
  const { actor } = await deps.identify(request);
  if (actor.kind !== 'user') throw problem('unauthenticated');
  request.userId = actor.userId;
  const { scopes } = actor;
  if (scopes === undefined) throw problem('invalid_token', 'Assistants use API tokens, not the token of a session');
  return { actor, scopes, request: { ...restRequestInfo(request), transport: 'mcp' } };
}

/** Accepts only one message, since a batch would count as one call. */
function messageOf({ body, headers }: FastifyRequest): McpRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw problem('invalid_input', {
      errors: [{ path: '', code: 'invalid_type', message: 'the body must be one JSON-RPC message' }],
    });
  }
  const read = Object.entries(headers).filter(([name]) => /^(accept|content-type|mcp-.*)$/.test(name));
  return { body, headers: Object.fromEntries(read.map(([name, value]) => [name, String(value)])) };
}

const isToolCall = (body: unknown) => (body as { method?: unknown }).method === 'tools/call';

/** Tool calls count towards the limits of the operations they call. */
async function countMessage(limiter: Limiter, { actor, request }: McpCaller): Promise<void> {
  const permit = await limiter.enter('user', request.ip, actor.userId);
  await permit.succeeded();
}

/** The response counts as unread until it has left this process. */
function countUnread(unread: UnreadBytes, { actor, request }: McpCaller, reply: FastifyReply, text: string): void {
  const bytes = Buffer.byteLength(text);
  const stop = unread.watch(callerKey({ actor, ip: request.ip }), () => bytes);
  reply.raw.once('close', stop);
}
