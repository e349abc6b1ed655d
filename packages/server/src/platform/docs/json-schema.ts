import * as protocol from '@atrium/protocol';
import { z } from 'zod';

/** A JSON Schema (draft 2020-12; nothing in it differs from draft 7) as plain data. */
export interface JsonSchema {
  $ref?: string;
  /** An array if null is one of them. */
  type?: string | readonly string[];
  format?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: readonly unknown[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: readonly string[];
  additionalProperties?: boolean | JsonSchema;
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
}

type Direction = 'input' | 'output';

/** Where named schemas are placed, in OpenAPI and AsyncAPI alike. */
export const SCHEMAS = '#/components/schemas/';

/** Marks schemas that are inlined where they are used. */
const INLINE = '~';

/** The contract's exported schemas: `userProfile` becomes the shared schema UserProfile. */
function namedShapes(direction: Direction): [string, z.core.$ZodType][] {
  return Object.entries(protocol).flatMap(([name, value]) => {
    // Input schemas may differ from output schemas, so only enumerations are shared between them.
    const composed = value instanceof z.ZodObject || value instanceof z.ZodRecord;
    const shared = value instanceof z.ZodEnum || (direction === 'output' && composed);
    return shared ? [[`${name.charAt(0).toUpperCase()}${name.slice(1)}`, value as z.core.$ZodType]] : [];
  });
}

/** Removes what is of no use to readers, and adds what the conversion cannot see. */
function tidy(zodSchema: z.core.$ZodTypes, json: z.core.JSONSchema.BaseSchema, direction: Direction): void {
  const { def } = zodSchema._zod;
  if (json.format !== undefined) delete json.pattern;
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
  if (def.type === 'record') delete json.propertyNames;
  // Responses may gain fields, so validators must accept unknown ones.
  if (def.type === 'object' && def.catchall === undefined) delete json.additionalProperties;
  if (def.type === 'pipe' && direction === 'input') {
    const { format } = def.out._zod.def as { format?: string };
    if (format !== undefined) json.format = format;
  }
}

/**
 * Converts schemas together, so that named ones become references.
 * @returns one per given schema, then the named ones
 */
function convert(schemas: ReadonlyMap<string, z.core.$ZodType>, direction: Direction) {
  const registry = z.registry<{ id: string }>();
  for (const [name, schema] of namedShapes(direction)) registry.add(schema, { id: name });
  for (const [key, schema] of schemas) if (!registry.has(schema)) registry.add(schema, { id: `${INLINE}${key}` });
  const converted = z.toJSONSchema(registry, {
    io: direction,
    uri: (name) => `${SCHEMAS}${name}`,
    override: ({ zodSchema, jsonSchema }) => tidy(zodSchema as z.core.$ZodTypes, jsonSchema, direction),
  }).schemas;
  const bare = new Map(
    Object.entries(converted).map(([name, { $schema: _draft, $id: _id, ...schema }]) => [name, schema as JsonSchema]),
  );
  const idOf = (schema: z.core.$ZodType) => registry.get(schema as z.ZodType)?.id ?? '';
  return {
    components: new Map([...bare].filter(([name]) => !name.startsWith(INLINE))),
    of: new Map<string, JsonSchema>(
      [...schemas].map(([key, schema]) => {
        const name = idOf(schema);
        return [key, name.startsWith(INLINE) ? (bare.get(name) ?? {}) : { $ref: `${SCHEMAS}${name}` }];
      }),
    ),
  };
}

/** Converts one schema of an input by itself, without references. */
export function inputSchema(schema: z.core.$ZodType): JsonSchema {
  const { $schema: _draft, ...converted } = z.toJSONSchema(schema, {
    io: 'input',
    reused: 'inline',
    override: ({ zodSchema, jsonSchema }) => tidy(zodSchema as z.core.$ZodTypes, jsonSchema, 'input'),
  });
  return converted as JsonSchema;
}

/** All schemas of the contract as JSON Schema. */
export interface ContractSchemas {
  /** By operation or socket command; always an object schema, never a reference. */
  inputs: ReadonlyMap<string, JsonSchema>;
  /** By the same names. */
  outputs: ReadonlyMap<string, JsonSchema>;
  /** By event type. */
  events: ReadonlyMap<string, JsonSchema>;
  /** Payloads by endpoint name. */
  endpoints: ReadonlyMap<string, JsonSchema>;
  /** Shared schemas by name, in alphabetical order. */
  components: Readonly<Record<string, JsonSchema>>;
}

/** Converts the contract. Takes some milliseconds; cache the result. */
export function convertContract(): ContractSchemas {
  const { connectionCommands, endpoints, operations, events } = protocol;
  const commands = [...operations, ...Object.entries(connectionCommands).map(([name, spec]) => ({ name, ...spec }))];
  const inputs = convert(new Map(commands.map(({ name, input }) => [name, input])), 'input');
  const outputs = convert(
    new Map<string, z.core.$ZodType>([
      ...commands.map(({ name, output }) => [name, output] as const),
      ...Object.entries(events).map(([type, { data }]) => [`event ${type}`, data] as const),
      ...Object.entries(endpoints).map(([name, { payload }]) => [`endpoint ${name}`, payload] as const),
    ]),
    'output',
  );
  return {
    inputs: inputs.of,
    outputs: outputs.of,
    endpoints: new Map(Object.keys(endpoints).map((name) => [name, outputs.of.get(`endpoint ${name}`) ?? {}])),
    events: new Map(Object.keys(events).map((type) => [type, outputs.of.get(`event ${type}`) ?? {}])),
    components: Object.fromEntries([...outputs.components].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
