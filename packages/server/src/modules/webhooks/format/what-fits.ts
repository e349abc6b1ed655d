import type { z } from 'zod';

/** The zod types that third-party formats consist of. */
type Part =
  | z.ZodObject
  | z.ZodArray
  | z.ZodOptional
  | z.ZodDefault
  | z.ZodUnion
  | z.ZodString
  | z.ZodBoolean
  | z.ZodUnknown;

const FLAGS: Readonly<Record<string, boolean>> = { true: true, 1: true, false: false, 0: false };

/** Converts a scalar to text that can be stored. */
function fitText(value: unknown): string | undefined {
  if (!['string', 'number', 'boolean'].includes(typeof value)) return undefined;
  return String(value).replaceAll('\0', '').toWellFormed();
}

function fitFlag(value: unknown): boolean | undefined {
  const word = String(value).toLowerCase();
  return Object.hasOwn(FLAGS, word) ? FLAGS[word] : undefined;
}

function fitObject({ shape }: z.ZodObject, value: unknown): object | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(shape)
    .filter(([key]) => Object.hasOwn(value, key))
    .map(([key, part]) => [key, whatFits(part as z.ZodType, (value as Record<string, unknown>)[key])] as const);
  return Object.fromEntries(entries.filter(([, part]) => part !== undefined));
}

function mostItems({ def }: z.ZodArray): number {
  const limits = (def.checks ?? []).map(({ _zod: { def: limit } }) =>
    'maximum' in limit ? Number(limit.maximum) : NaN,
  );
  return Math.min(...limits.filter((limit) => !Number.isNaN(limit)));
}

/** The valid items, up to the maximum length of the list. */
function fitList(schema: z.ZodArray, value: unknown): unknown[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value.map((item) => whatFits(schema.element as z.ZodType, item)).filter((item) => item !== undefined);
  return items.slice(0, mostItems(schema));
}

function fitPart(part: Part, value: unknown): unknown {
  switch (part.type) {
    case 'object':
      return fitObject(part, value);
    case 'array':
      return fitList(part, value);
    case 'optional':
    case 'default':
      return whatFits(part.unwrap() as z.ZodType, value);
    case 'union':
      return part.options.map((option) => whatFits(option as z.ZodType, value)).find((fitted) => fitted !== undefined);
    case 'string':
      return fitText(value);
    case 'boolean':
      return fitFlag(value);
    case 'unknown':
      return value;
  }
}

/**
 * The parts of a value that match a schema. Null counts as absent, scalars become text, and only a part of the wrong
 * type or size is left out.
 * @returns undefined if the value as a whole does not match
 */
export function whatFits<T>(schema: z.ZodType<T>, value: unknown): T | undefined {
  if (value === undefined || value === null) return undefined;
  return schema.safeParse(fitPart(schema as unknown as Part, value)).data;
}
