import { accessRules, isCommand, type Operation, operations, type Scope, scopeOf, takesKey } from '@atrium/protocol';
import { inputSchemas, type JsonSchema } from '../docs/index.ts';

/** The argument that corresponds to the header Idempotency-Key. */
export const KEY_ARGUMENT = 'idempotencyKey';

/** A tool as the Model Context Protocol lists it. */
export interface McpTool {
  name: string;
  title: string;
  description: string;
  inputSchema: { type: 'object' } & JsonSchema;
  annotations: ToolHints;
}

/** What a client may assume about a tool before it asks its user. */
export interface ToolHints {
  readOnlyHint: boolean;
  destructiveHint: boolean;
  idempotentHint: boolean;
}

/** The name of an operation's tool: `tasks_create` for `tasks.create`. Clients do not accept dots. */
export function toolNameOf({ name }: Pick<Operation, 'name'>): string {
  return name.replace('.', '_');
}

/** Why an operation is not a tool; undefined if it is one. */
export function leftOutBecause(operation: Operation): string | undefined {
  if (operation.sessionOnly === true) return 'only for people who signed in, never for API tokens';
  if (operation.files === true) return 'receives files, and the arguments of a tool are JSON';
  if (operation.access === 'public' && isCommand(operation)) return 'for callers without an account';
  return undefined;
}

const toolOperations = operations.filter((operation) => leftOutBecause(operation) === undefined);
const byToolName = new Map(toolOperations.map((operation) => [toolNameOf(operation), operation]));

/** The operation of a tool, whoever may call it. */
export function operationOfTool(name: string): Operation | undefined {
  return byToolName.get(name);
}

/** The hints of an operation, as defined by the protocol. */
export function hintsOf(operation: Operation): ToolHints {
  const { method, destructive } = operation;
  const readOnlyHint = !isCommand(operation);
  return {
    readOnlyHint,
    destructiveHint: !readOnlyHint && (method === 'DELETE' || destructive === true),
    idempotentHint: readOnlyHint || method === 'PUT' || method === 'DELETE',
  };
}

let made: Promise<ReadonlyMap<Operation, McpTool>> | undefined;

/** The tools that a token with these scopes may call, in the order of the contract. */
export async function toolsFor(scopes: readonly Scope[]): Promise<McpTool[]> {
  made ??= makeTools();
  const allowed = [...(await made)].filter(([operation]) => {
    const scope = scopeOf(operation);
    return scope !== undefined && scopes.includes(scope);
  });
  return allowed.map(([, tool]) => tool);
}

async function makeTools(): Promise<ReadonlyMap<Operation, McpTool>> {
  const schemas = await inputSchemas(toolOperations);
  return new Map(
    toolOperations.map((operation) => [
      operation,
      {
        name: toolNameOf(operation),
        title: operation.summary,
        description: descriptionOf(operation),
        inputSchema: inputOf(operation, schemas.get(operation.name) ?? {}),
        annotations: hintsOf(operation),
      },
    ]),
  );
}

function descriptionOf({ summary, description, access }: Operation): string {
  const details = description === undefined ? [] : [description];
  return [`${summary}.`, ...details, `Access: ${accessRules[access].description}.`].join(' ');
}

const keySchema: JsonSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 200,
  description: 'Names this intent. A repeated call with the same key takes effect once.',
};

function inputOf(operation: Operation, schema: JsonSchema): McpTool['inputSchema'] {
  const own = takesKey(operation) ? { [KEY_ARGUMENT]: keySchema } : {};
  return { ...schema, type: 'object', properties: { ...schema.properties, ...own } };
}
