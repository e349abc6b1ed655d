import { type JsonSchema, SCHEMAS } from './json-schema.ts';

const FORMATS: Readonly<Record<string, string>> = {
  uuid: '00000000-0000-7000-8000-000000000000',
  email: 'ada@example.org',
  uri: 'https://example.org/',
  date: '2030-01-01',
  'date-time': '2030-01-01T00:00:00.000Z',
};

/**
 * A sample value for trying an operation by hand: it has the right shape but may not be accepted. Optional fields are
 * omitted.
 */
export function sampleOf(schema: JsonSchema, components: Readonly<Record<string, JsonSchema>>): unknown {
  if (schema.default !== undefined) return schema.default;
  if (schema.$ref !== undefined) return sampleOf(components[schema.$ref.slice(SCHEMAS.length)] ?? {}, components);
  if (schema.enum !== undefined) return schema.enum[0];
  if ([schema.type].flat().includes('null') || schema.anyOf?.some(({ type }) => type === 'null')) return null;
  if (schema.anyOf?.[0] !== undefined) return sampleOf(schema.anyOf[0], components);
  switch (schema.type) {
    case 'object': {
      const required = new Set(schema.required);
      const kept = Object.entries(schema.properties ?? {}).filter(([key]) => required.has(key));
      return Object.fromEntries(kept.map(([key, value]) => [key, sampleOf(value, components)]));
    }
    case 'array':
      return schema.items === undefined ? [] : [sampleOf(schema.items, components)];
    case 'integer':
    case 'number':
      return schema.minimum ?? 0;
    case 'boolean':
      return false;
    default:
      return FORMATS[schema.format ?? ''] ?? '';
  }
}
