import { type EndpointSpec, pathKeys } from '@atrium/protocol';
import type { JsonSchema } from './json-schema.ts';

const plainText = (texts: readonly string[]) => ({ 'text/plain': { schema: { type: 'string', enum: texts } } });

/** An endpoint that is not an operation, in OpenAPI. */
export function openApiEndpoint(name: string, endpoint: EndpointSpec, payload: JsonSchema): object {
  const refusals = Map.groupBy(Object.entries(endpoint.refusals), ([, status]) => status);
  return {
    operationId: name,
    tags: [endpoint.group],
    summary: endpoint.summary,
    description: `${endpoint.description} At most ${endpoint.bodyLimit / 1024} KiB.`,
    security: [],
    parameters: pathKeys(endpoint.path).map((key) => ({
      name: key,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    requestBody: { required: true, content: { 'application/json': { schema: payload } } },
    responses: {
      200: { description: 'OK', content: plainText([endpoint.success]) },
      ...Object.fromEntries(
        [...refusals].map(([status, entries]) => {
          const texts = entries.map(([text]) => text);
          return [status, { description: texts.join(', '), content: plainText(texts) }];
        }),
      ),
    },
  };
}
