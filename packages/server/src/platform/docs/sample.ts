import { type Operation, pathKeys } from '@atrium/protocol';
import { type ContractSchemas, type JsonSchema, SCHEMAS } from './json-schema.ts';

const FORMATS: Readonly<Record<string, string>> = {
  uuid: '00000000-0000-7000-8000-000000000000',
  email: 'ada@example.org',
  uri: 'https://example.org/',
  date: '2030-01-01',
  'date-time': '2030-01-01T00:00:00.000Z',
};

/** Typical values of fields with these names. */
const TEXTS: Readonly<Record<string, string>> = {
  name: 'Difference Engine',
  title: 'Write the first program',
  content: 'Hello!',
  description: 'Everything about the machine',
  password: 'correct horse battery staple',
  note: 'Agreed by phone',
  reason: 'Forgot to start the timer',
};

/** Returns a value for the sample of a field. */
type Substitute = (key: string) => unknown;

/**
 * A sample value of a schema. Optional fields are omitted.
 * @param substitute values for fields by name, which take precedence; undefined if it has none
 */
export function sampleOf(
  schema: JsonSchema,
  components: Readonly<Record<string, JsonSchema>>,
  substitute: Substitute = () => undefined,
  key = '',
): unknown {
  const inner = (part: JsonSchema, name = key) => sampleOf(part, components, substitute, name);
  if (schema.default !== undefined) return schema.default;
  if (schema.$ref !== undefined) return inner(components[schema.$ref.slice(SCHEMAS.length)] ?? {});
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if ([schema.type].flat().includes('null') || schema.anyOf?.some(({ type }) => type === 'null')) return null;
  const option = schema.anyOf?.[0] ?? schema.oneOf?.[0];
  if (option !== undefined) return inner(option);
  switch (schema.type) {
    case 'object': {
      const required = new Set(schema.required);
      const kept = Object.entries(schema.properties ?? {}).filter(([name]) => required.has(name));
      return Object.fromEntries(kept.map(([name, value]) => [name, substitute(name) ?? inner(value, name)]));
    }
    case 'array':
      // `userIds` uses the value of `userId`.
      return schema.items === undefined ? [] : [substitute(key.replace(/s$/, '')) ?? inner(schema.items)];
    case 'integer':
    case 'number':
      return schema.minimum ?? 0;
    case 'boolean':
      return false;
    default:
      return FORMATS[schema.format ?? ''] ?? TEXTS[key] ?? '';
  }
}

/**
 * The input of a request that the server accepts: the example of the operation, and samples of the other required
 * fields.
 * @param substitute see {@link sampleOf}
 */
export function inputExample(
  operation: Operation,
  { inputs, components }: Pick<ContractSchemas, 'inputs' | 'components'>,
  substitute: Substitute = () => undefined,
): Record<string, unknown> {
  const { properties = {}, required = [] } = inputs.get(operation.name) ?? {};
  const sampled = sampleOf({ type: 'object', properties, required }, components, substitute);
  const example = Object.entries(operation.example ?? {}).map(([key, value]) => [key, named(key, value, substitute)]);
  return { ...(sampled as object), ...Object.fromEntries(example) };
}

/** A stream of an example: its kind and an id. */
const STREAM = new RegExp(`^(\\w+):${FORMATS.uuid}$`);

/** A value of an example, with ids from `substitute`. */
function named(key: string, value: unknown, substitute: Substitute): unknown {
  const inStream = (text: string) =>
    text.replace(STREAM, (stream, kind: string) => {
      const id = substitute(`${kind}Id`);
      return id === undefined ? stream : `${kind}:${String(id)}`;
    });
  if (typeof value === 'string') return substitute(key) ?? inStream(value);
  if (Array.isArray(value)) return value.map((item) => named(key.replace(/s$/, ''), item, substitute));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [inStream(name), named(name, inner, substitute)]),
  );
}

/** The part of an input that is sent in the body: everything that is not in the path. */
export function bodyExample(path: string, input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const inPath = new Set(pathKeys(path));
  return Object.fromEntries(Object.entries(input).filter(([key]) => !inPath.has(key)));
}
