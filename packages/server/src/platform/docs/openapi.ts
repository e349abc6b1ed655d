import { about, endpoints, groups, operations, problems } from '@atrium/protocol';
import { convertContract } from './json-schema.ts';
import { openApiEndpoint } from './openapi-endpoint.ts';
import { openApiOperation, SharedRefusals, signedIn } from './openapi-operation.ts';

/** Converts a path for OpenAPI: `/a/:x` → `/a/{x}`. */
const template = (path: string) => path.replace(/:(\w+)/g, '{$1}');

const headers = {
  'RateLimit-Limit': {
    description: 'Number of calls allowed per window',
    schema: { type: 'integer', minimum: 0 },
  },
  'RateLimit-Remaining': {
    description: 'Number of calls left in the current window',
    schema: { type: 'integer', minimum: 0 },
  },
  'RateLimit-Reset': { description: 'Seconds until the limit resets', schema: { type: 'integer', minimum: 0 } },
  'Retry-After': { description: 'Seconds to wait before retrying', schema: { type: 'integer', minimum: 1 } },
  'X-Request-Id': {
    description: 'Identifies the request in the server log',
    schema: { type: 'string', format: 'uuid' },
  },
  'Idempotency-Replayed': {
    description: 'Set if this is the response of an earlier call with the same Idempotency-Key',
    schema: { type: 'string', const: 'true' },
  },
};

const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The `accessToken` returned by auth.login, or an API token',
  },
  cookie: {
    type: 'apiKey',
    in: 'cookie',
    name: 'atrium_access',
    description: 'Set by auth.login with `transport: "cookie"`. Over https the cookie is named `__Host-atrium_access`',
  },
};

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'A unique key for the command. A repeated call with the same key takes effect once',
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

/** Generates an OpenAPI 3.1 document of the REST API from the contract. */
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
  for (const [name, endpoint] of Object.entries(endpoints)) {
    paths[template(endpoint.path)] = { post: openApiEndpoint(name, endpoint, schemas.endpoints.get(name) ?? {}) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: about.name,
      version: 'v1',
      summary: about.summary,
      description: about.rest,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1', description: 'This instance' }],
    security: signedIn,
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
