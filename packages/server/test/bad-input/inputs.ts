import type { Operation } from '@atrium/protocol';
import fc from 'fast-check';
import { z } from 'zod';
import { nastyValue, strangeKey, withKey } from './values.ts';

interface JsonSchema {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  properties?: Record<string, JsonSchema>;
  anyOf?: JsonSchema[];
  items?: JsonSchema;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  pattern?: string;
}

/** Existing ids, so that the first id is not always the fault. */
export type KnownIds = Readonly<Record<string, string>>;

/** A value that matches the schema, or nearly: another part of the input is to be wrong. */
function fitting(key: string, schema: JsonSchema, known: KnownIds): unknown {
  const first = schema.anyOf?.[0];
  if (first !== undefined) return fitting(key, first, known);
  if (known[key] !== undefined) return known[key];
  if (schema.enum !== undefined) return schema.enum[0];
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'array':
      return [];
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    case 'object':
      return {};
    default:
      return schema.format === 'uuid'
        ? '01890000-0000-7000-8000-000000000000'
        : 'x'.repeat(Math.max(3, schema.minLength ?? 0));
  }
}

/** The keys of an operation's input with matching values. */
export function fittingInput(operation: Operation, known: KnownIds): Record<string, unknown> {
  const schema = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([key, property]) => [key, fitting(key, property, known)]),
  );
}

/**
 * Inputs that the operation's own schema refuses: a matching one with keys missing, of another type, out of range, or
 * unknown keys.
 */
export function badInput(operation: Operation, known: KnownIds): fc.Arbitrary<Record<string, unknown>> {
  const good = fittingInput(operation, known);
  const keys = Object.keys(good);
  const changed = keys.map((key) => nastyValue.map((value) => ({ ...good, [key]: value })));
  const missing = keys.map((key) =>
    fc.constant(Object.fromEntries(Object.entries(good).filter(([name]) => name !== key))),
  );
  const extra = fc.tuple(strangeKey, nastyValue).map(([key, value]) => withKey(good, key, value));
  const several = fc
    .dictionary(fc.constantFrom('x', ...keys), nastyValue, { maxKeys: keys.length + 1 })
    .map((values) => ({ ...good, ...values }));
  return fc.oneof(...changed, ...missing, extra, several).filter((input) => !operation.input.safeParse(input).success);
}
