import type { z } from 'zod';

interface Definition {
  type: string;
  innerType?: z.core.$ZodType;
  in?: z.core.$ZodType;
}

/** Unwraps `optional`, `default`, `nullable` and transformations. */
function baseType(schema: z.core.$ZodType): string {
  const definition = schema._zod.def as Definition;
  const inner = definition.innerType ?? definition.in;
  return inner === undefined ? definition.type : baseType(inner);
}

function convert(type: string, value: unknown): unknown {
  if (type === 'array') return Array.isArray(value) ? value : [value];
  if (typeof value !== 'string') return value;
  if (type === 'number' && /^-?\d{1,20}$/.test(value)) return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

/**
 * Query strings contain only text; the schema tells which values are numbers, booleans or lists. Text that does not
 * parse as such stays text, and the schema rejects it.
 */
export function createQueryReader(input: z.ZodObject): (query: Record<string, unknown>) => Record<string, unknown> {
  const types = new Map(Object.entries(input.shape).map(([key, schema]) => [key, baseType(schema)]));
  return (query) =>
    Object.fromEntries(Object.entries(query).map(([key, value]) => [key, convert(types.get(key) ?? 'string', value)]));
}
