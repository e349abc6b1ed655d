import { accessRules, groups, hasBody, type Operation, pathKeys, takesKey } from '@atrium/protocol';
import { type ContractSchemas, convertContract, type JsonSchema } from './json-schema.ts';
import { limitText } from './limit-text.ts';
import { sampleOf } from './sample.ts';

const FORMAT = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/** Saves the access token after signing in. */
const KEEP_TOKEN = {
  listen: 'test',
  script: {
    type: 'text/javascript',
    exec: [
      'const { accessToken } = pm.response.json();',
      "if (accessToken) pm.collectionVariables.set('accessToken', accessToken);",
    ],
  },
};

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

function url(operation: Operation, input: JsonSchema, sample: (schema: JsonSchema) => unknown): object {
  const inPath = pathKeys(operation.path);
  const fields = Object.entries(input.properties ?? {});
  const required = new Set(input.required);
  const query = hasBody(operation)
    ? []
    : fields
        .filter(([key]) => !inPath.includes(key))
        .map(([key, schema]) => {
          // A list becomes one parameter per item.
          const [value] = [sample(schema)].flat();
          return { key, value: asText(value), disabled: !required.has(key) };
        });
  const variable = inPath.map((key) => ({ key, value: asText(sample(input.properties?.[key] ?? {})) }));
  const shown = query.filter(({ disabled }) => !disabled).map(({ key, value }) => `${key}=${value}`);
  return {
    raw: `{{baseUrl}}/api/v1${operation.path}${shown.length === 0 ? '' : `?${shown.join('&')}`}`,
    host: ['{{baseUrl}}'],
    path: ['api', 'v1', ...operation.path.slice(1).split('/')],
    ...(query.length === 0 ? {} : { query }),
    ...(variable.length === 0 ? {} : { variable }),
  };
}

function body(operation: Operation, input: JsonSchema, sample: (schema: JsonSchema) => unknown): object | undefined {
  if (operation.files === true) return { mode: 'formdata', formdata: [{ key: 'file', type: 'file', src: [] }] };
  if (!hasBody(operation)) return undefined;
  const inPath = pathKeys(operation.path);
  const properties = Object.fromEntries(
    Object.entries(input.properties ?? {}).filter(([key]) => !inPath.includes(key)),
  );
  if (Object.keys(properties).length === 0) return undefined;
  const value = sample({ type: 'object', properties, required: input.required ?? [] });
  return { mode: 'raw', raw: JSON.stringify(value, null, 2), options: { raw: { language: 'json' } } };
}

function item(operation: Operation, { inputs, components }: ContractSchemas): object {
  const input = inputs.get(operation.name) ?? {};
  const sample = (schema: JsonSchema) => sampleOf(schema, components);
  const content = body(operation, input, sample);
  return {
    name: operation.summary,
    ...(operation.secret === true ? { event: [KEEP_TOKEN] } : {}),
    request: {
      method: operation.method,
      description: `${operation.name}. Access: ${accessRules[operation.access].description}. Limit: ${limitText(operation.limit)}.`,
      header: takesKey(operation) ? [{ key: 'Idempotency-Key', value: '{{$guid}}' }] : [],
      url: url(operation, input, sample),
      ...(content === undefined ? {} : { body: content }),
      ...(operation.access === 'public' ? { auth: { type: 'noauth' } } : {}),
    },
  };
}

/** Generates a Postman collection (format 2.1) of the REST API: a folder per group, every operation ready to send. */
export function postmanCollection(): Record<string, unknown> {
  const schemas = convertContract();
  return {
    info: {
      name: 'Atrium',
      description: 'Set baseUrl, create an account and sign in. The access token is saved for the other requests.',
      schema: FORMAT,
    },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{accessToken}}', type: 'string' }] },
    variable: [
      { key: 'baseUrl', value: 'http://localhost:3000' },
      { key: 'accessToken', value: '' },
    ],
    item: Object.values(groups).map(({ title, description, operations }) => ({
      name: title,
      description,
      item: (Object.values(operations) as Operation[]).map((operation) => item(operation, schemas)),
    })),
  };
}
