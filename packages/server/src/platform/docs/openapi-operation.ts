import {
  accessRules,
  hasBody,
  isOpen,
  type Operation,
  type ProblemCode,
  pathKeys,
  problemCodesOf,
  problems,
  scopeOf,
  takesKey,
} from '@atrium/protocol';
import type { ContractSchemas, JsonSchema } from './json-schema.ts';
import { limitText } from './limit-text.ts';
import { bodyExample, inputExample } from './sample.ts';

/** The source of examples. */
type ExampleSchemas = Pick<ContractSchemas, 'inputs' | 'components'>;

const header = (name: string) => ({ $ref: `#/components/headers/${name}` });

const STATUS_TEXT: Readonly<Record<number, string>> = { 200: 'OK', 201: 'Created', 202: 'Accepted' };

const rateHeaders = {
  'RateLimit-Limit': header('RateLimit-Limit'),
  'RateLimit-Remaining': header('RateLimit-Remaining'),
  'RateLimit-Reset': header('RateLimit-Reset'),
};

/** The error responses of one status, shared by all operations with the same ones. */
export class SharedRefusals {
  readonly responses = new Map<string, object>();

  /** @returns references to the responses, by status */
  of(codes: readonly ProblemCode[]): Record<string, object> {
    const byStatus = Map.groupBy(codes, (code) => problems[code].status);
    return Object.fromEntries([...byStatus].map(([status, same]) => [String(status), this.refer(status, same)]));
  }

  private refer(status: number, codes: readonly ProblemCode[]): object {
    const name = codes.join('.');
    if (!this.responses.has(name)) {
      this.responses.set(name, {
        description: codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('; '),
        headers: {
          'X-Request-Id': header('X-Request-Id'),
          ...(status === 429 || status === 503 ? { 'Retry-After': header('Retry-After') } : {}),
        },
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
          },
        },
      });
    }
    return { $ref: `#/components/responses/${name}` };
  }
}

function parameters(operation: Operation, path: string, input: JsonSchema): object[] {
  const inPath = pathKeys(path);
  const required = new Set(input.required);
  const described = Object.entries(input.properties ?? {}).flatMap(([name, schema]) => {
    const { description, ...rest } = schema;
    const note = description === undefined ? {} : { description };
    if (inPath.includes(name)) return [{ name, in: 'path', required: true, ...note, schema: rest }];
    if (hasBody(operation)) return [];
    return [{ name, in: 'query', required: required.has(name), ...note, schema: rest }];
  });
  return takesKey(operation) ? [...described, { $ref: '#/components/parameters/IdempotencyKey' }] : described;
}

function requestBody(operation: Operation, path: string, schemas: ExampleSchemas): object | undefined {
  const input = schemas.inputs.get(operation.name) ?? {};
  const inPath = new Set(pathKeys(path));
  const properties = Object.fromEntries(Object.entries(input.properties ?? {}).filter(([key]) => !inPath.has(key)));
  if (Object.keys(properties).length === 0) return undefined;
  const required = (input.required ?? []).filter((key) => !inPath.has(key));
  const schema = {
    type: 'object',
    properties,
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
  const example = bodyExample(path, inputExample(operation, schemas));
  return { required: required.length > 0, content: { 'application/json': { schema, example } } };
}

/** The body of an operation that accepts files. */
const filesBody = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        properties: { file: { type: 'array', minItems: 1, items: { type: 'string', format: 'binary' } } },
        required: ['file'],
      },
    },
  },
};

function bodyOf(operation: Operation, path: string, schemas: ExampleSchemas): object | undefined {
  if (operation.files === true) return filesBody;
  return hasBody(operation) ? requestBody(operation, path, schemas) : undefined;
}

function socketText({ name, event, files }: Operation): string {
  if (files === true) return 'Not available over the socket.';
  return event === undefined
    ? `Over the socket: \`emit('op', { name: '${name}', input }, ack)\`.`
    : `Over the socket: \`emit('${event}', input, ack)\`.`;
}

function scopeText(operation: Operation): string {
  const scope = scopeOf(operation);
  return scope === undefined ? 'Not available to API tokens.' : `API tokens require the scope \`${scope}\`.`;
}

/** The effect of a repeated call with the same key. */
function keyText({ secret }: Operation): string {
  const safe = 'Safe to retry with the same Idempotency-Key';
  return secret === true ? `${safe}; secrets are not repeated: the answer is then \`already_done\`.` : `${safe}.`;
}

function description(operation: Operation, isAlias: boolean): string {
  const { name, access, limit } = operation;
  return [
    ...(operation.description === undefined ? [] : [operation.description]),
    ...(isAlias ? [`An alias of \`${name}\`.`] : []),
    `Access: ${accessRules[access].description}. Limit: ${limitText(limit)}.`,
    ...(access === 'public' ? [] : [scopeText(operation)]),
    ...(takesKey(operation) ? [keyText(operation)] : []),
    ...(operation.ownKey === undefined ? [] : [`Safe to retry with the same ${operation.ownKey}.`]),
    socketText(operation),
  ].join('\n\n');
}

/** How callers authenticate. */
export const signedIn = [{ bearer: [] }, { cookie: [] }];

/** One operation at one of its paths, in OpenAPI. */
export function openApiOperation(
  operation: Operation,
  path: string,
  schemas: ExampleSchemas & Pick<ContractSchemas, 'outputs'>,
  refusals: SharedRefusals,
): object {
  const { name, summary, access, limit, event, status = 200 } = operation;
  const isAlias = path !== operation.path;
  const input = schemas.inputs.get(name) ?? {};
  const given = parameters(operation, path, input);
  const body = bodyOf(operation, path, schemas);
  return {
    operationId: isAlias ? `${name}.alias` : name,
    tags: [name.split('.')[0]],
    summary,
    description: description(operation, isAlias),
    ...(given.length === 0 ? {} : { parameters: given }),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: {
      [String(status)]: {
        description: STATUS_TEXT[status] ?? 'OK',
        headers: {
          ...rateHeaders,
          'X-Request-Id': header('X-Request-Id'),
          ...(takesKey(operation) ? { 'Idempotency-Replayed': header('Idempotency-Replayed') } : {}),
        },
        content: { 'application/json': { schema: schemas.outputs.get(name) ?? {} } },
      },
      ...refusals.of(problemCodesOf(operation)),
    },
    ...(access === 'public' ? { security: [] } : isOpen(operation) ? { security: [{}, ...signedIn] } : {}),
    'x-access': access,
    'x-limit': limit,
    ...(access === 'public' ? {} : { 'x-scope': scopeOf(operation) ?? null }),
    ...(event === undefined ? {} : { 'x-socket-event': event }),
  };
}
