import { about, type Scope, takesKey } from '@atrium/protocol';
import { createMcpHandler, ProtocolError, ProtocolErrorCode, Server } from '@modelcontextprotocol/server';
import { noCookies, type OperationExecutor, type UserActor } from '../module/index.ts';
import { readKey } from '../operations/index.ts';
import { ProblemError } from '../problem/index.ts';
import type { RequestInfo } from '../transact/index.ts';
import { shorten } from './shorten.ts';
import { KEY_ARGUMENT, operationOfTool, toolsFor } from './tools.ts';

/** The caller, with an API token. */
export interface McpCaller {
  actor: UserActor;
  scopes: readonly Scope[];
  request: RequestInfo;
}

/** One parsed message over HTTP. */
export interface McpRequest {
  headers: Record<string, string>;
  body: unknown;
}

/** The response; `text` is empty if there is none. */
export interface McpAnswer {
  status: number;
  contentType: string | undefined;
  text: string;
}

interface ToolResult {
  isError?: boolean;
  content: { type: 'text'; text: string }[];
  [key: string]: unknown;
}

/** Handles one message of the Model Context Protocol. Messages are stateless. */
export async function answerMcp(
  executor: OperationExecutor,
  caller: McpCaller,
  { headers, body }: McpRequest,
): Promise<McpAnswer> {
  const handler = createMcpHandler(() => createServer(executor, caller), { maxSubscriptions: 0, keepAliveMs: 0 });
  // The handler reads the headers; the URL is not used.
  const request = new Request('http://localhost/mcp', { method: 'POST', headers });
  const response = await handler.fetch(request, { parsedBody: body });
  const text = await response.text();
  return { status: response.status, contentType: response.headers.get('content-type') ?? undefined, text };
}

function createServer(executor: OperationExecutor, caller: McpCaller): Server {
  const server = new Server(
    { name: 'atrium', title: about.name, version: 'v1' },
    { capabilities: { tools: {} }, instructions: about.assistants },
  );
  server.setRequestHandler('tools/list', async () => ({ tools: (await toolsFor(caller.scopes)) as never }));
  server.setRequestHandler('tools/call', async ({ params }) =>
    callTool(executor, caller, params.name, params.arguments ?? {}),
  );
  return server;
}

async function callTool(
  executor: OperationExecutor,
  { actor, request }: McpCaller,
  tool: string,
  given: Record<string, unknown>,
): Promise<ToolResult> {
  const operation = operationOfTool(tool);
  if (operation === undefined) {
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool ${tool.slice(0, 64)}`);
  }
  try {
    const { [KEY_ARGUMENT]: key, ...input } = given;
    const keyed = takesKey(operation);
    const { data } = await executor.execute({
      name: operation.name,
      input: keyed ? input : given,
      actor,
      key: keyed ? readKey(key, KEY_ARGUMENT) : undefined,
      cookies: noCookies,
      request,
    });
    const { text, note } = shorten(data, 'limit' in operation.input.shape);
    return { content: [text, ...(note === undefined ? [] : [note])].map(asText) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { isError: true, content: [asText(JSON.stringify(error.toProblem(request.id)))] };
  }
}

const asText = (text: string) => ({ type: 'text' as const, text });
