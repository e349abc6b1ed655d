import { groups, incomingHook, operations, problems } from '@atrium/protocol';
import { convertContract } from './json-schema.ts';
import { hookPath } from './openapi-hooks.ts';
import { openApiOperation, SharedRefusals } from './openapi-operation.ts';

/** Parameters without a name of their own: `/a/:x` → `/a/{x}`. */
const template = (path: string) => path.replace(/:(\w+)/g, '{$1}');

const INTRODUCTION = `Every capability of Atrium as plain JSON over HTTP. The same operations can be called over the
socket, which also tells live what happens: see [the live API](/docs/live).

**Signing in.** Create an account with \`auth.register\`, sign in with \`auth.login\`, and send the access token as
\`Authorization: Bearer …\`. Browsers may sign in with \`transport: "cookie"\` instead.

**Programs** send an API token in the same place. Its scopes, \`read\`, \`write\` and \`admin\`, say what it may do; each
operation names the one that it needs.

**Lists** are \`{ items, nextCursor }\`; ask again with \`cursor\` until \`nextCursor\` is null. Lists that take no
\`cursor\` come as a whole.

**History**, of conversations and threads, goes on both ways instead: \`{ items, moreBefore, moreAfter }\`. Ask again with
\`before\` and the \`seq\` of the first item, or with \`after\` and that of the last, as long as there is more.

**Refusals** are problem details (RFC 9457). Branch on \`code\`; \`errors\` names each fault in the input.

**Repeating.** A command with an \`Idempotency-Key\` takes effect once: sent again, it gets the first answer again.

**Text** is Unicode without NUL and lone surrogates. Unknown fields of an input are refused; answers may gain fields.`;

const headers = {
  'RateLimit-Limit': {
    description: 'Calls that the limit allows in its time',
    schema: { type: 'integer', minimum: 0 },
  },
  'RateLimit-Remaining': { description: 'Calls left', schema: { type: 'integer', minimum: 0 } },
  'RateLimit-Reset': { description: 'Seconds until the limit is whole again', schema: { type: 'integer', minimum: 0 } },
  'Retry-After': { description: 'Seconds to wait before trying again', schema: { type: 'integer', minimum: 1 } },
  'X-Request-Id': {
    description: 'Names this request in the log of the server',
    schema: { type: 'string', format: 'uuid' },
  },
  'Idempotency-Replayed': {
    description: 'The answer of an earlier call with the same Idempotency-Key',
    schema: { type: 'string', const: 'true' },
  },
};

const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The `accessToken` that auth.login answers with',
  },
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'atrium_access',
    description: 'Set by auth.login with `transport: "cookie"`; under https its name is `__Host-atrium_access`',
  },
};

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Chosen by the caller, one for each intent: a repeated call with the same key takes effect once',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

function problemExamples(): Record<string, object> {
  return Object.fromEntries(
    Object.entries(problems).map(([code, { status, title }]) => [
      code,
      { summary: title, value: { type: `urn:atrium:problem:${code}`, title, status, code } },
    ]),
  );
}

/** The REST interface as an OpenAPI 3.1 document, made of the contract alone. */
export function openApiDocument(): Record<string, unknown> {
  const schemas = convertContract();
  const refusals = new SharedRefusals();
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    for (const path of [operation.path, operation.alias]) {
      if (path === undefined) continue;
      const entry = { [operation.method.toLowerCase()]: openApiOperation(operation, path, schemas, refusals) };
      paths[template(path)] = { ...paths[template(path)], ...entry };
    }
  }
  paths[template(incomingHook.path)] = { ...hookPath() };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Atrium',
      version: 'v1',
      summary: 'A self-hosted live workspace',
      description: INTRODUCTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1', description: 'This instance' }],
    security: [{ bearer: [] }, { cookie: [] }],
    tags: Object.entries(groups).map(([name, { title, description }]) => ({
      name,
      description,
      'x-displayName': title,
    })),
    paths,
    components: {
      schemas: schemas.components,
      responses: Object.fromEntries([...refusals.responses].sort(([a], [b]) => (a < b ? -1 : 1))),
      parameters: { IdempotencyKey: idempotencyKey },
      headers,
      examples: problemExamples(),
      securitySchemes,
    },
  };
}
