import type { Problem } from '@atrium/protocol';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

/** The result of a tool. */
export interface ToolAnswer {
  isError: boolean;
  /** The text blocks. */
  texts: string[];
}

/** An assistant's connection, through the client of the protocol's own SDK. */
export interface McpClient {
  client: Client;
  call(tool: string, input?: Record<string, unknown>): Promise<ToolAnswer>;
  /** The parsed answer of a tool. Rejects for a refusal. */
  ask<Data = Record<string, unknown>>(tool: string, input?: Record<string, unknown>): Promise<Data>;
  /** The problem that a tool returns. Rejects if it returns none. */
  refused(tool: string, input?: Record<string, unknown>): Promise<Problem>;
  close(): Promise<void>;
}

/**
 * Connects to /mcp.
 * @param url the URL of the server, without a trailing slash
 * @param mode `legacy`: with a handshake, as of 2025; `auto`: without one if the server supports it
 */
export async function connectMcp(
  url: string,
  token: string | undefined,
  mode: 'legacy' | 'auto' = 'legacy',
): Promise<McpClient> {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers } }));
  const call = async (name: string, input: Record<string, unknown> = {}): Promise<ToolAnswer> => {
    const { content, isError = false } = await client.callTool({ name, arguments: input });
    return { isError, texts: content.flatMap((block) => (block.type === 'text' ? [block.text] : [])) };
  };
  return {
    client,
    call,
    async ask<Data>(tool: string, input?: Record<string, unknown>) {
      const { isError, texts } = await call(tool, input);
      if (isError) throw new Error(`${tool}: ${texts.join(' ')}`);
      return JSON.parse(texts[0] ?? '') as Data;
    },
    async refused(tool, input) {
      const { isError, texts } = await call(tool, input);
      if (!isError) throw new Error(`${tool} was carried out`);
      return JSON.parse(texts[0] ?? '');
    },
    close: () => client.close(),
  };
}
