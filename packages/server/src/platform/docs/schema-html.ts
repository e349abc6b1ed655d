import { escapeHtml } from '../pages/index.ts';
import { type JsonSchema, SCHEMAS } from './json-schema.ts';

const literal = (value: unknown) => escapeHtml(typeof value === 'string' ? `'${value}'` : JSON.stringify(value));

function bounds(low: number | undefined, high: number | undefined, unit: string): string[] {
  if (low === undefined && high === undefined) return [];
  if (high === undefined) return [`at least ${low}${unit}`];
  return [low === undefined ? `at most ${high}${unit}` : `${low} to ${high}${unit}`];
}

/** The constraints that the type does not express, as text. */
function remarks(schema: JsonSchema): string {
  const { description, format, minLength, maxLength, minimum, maximum, minItems, maxItems } = schema;
  const named = format === 'uuid' && description !== 'UUID' ? ['UUID'] : [];
  return [
    ...(description === undefined ? [] : [description]),
    ...(format === 'email' ? ['email address'] : format === 'uri' ? ['URL'] : named),
    ...bounds(minLength, maxLength, ' characters'),
    ...bounds(minimum, maximum, ''),
    ...bounds(minItems, maxItems, ' items'),
    ...(schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`]),
  ].join('; ');
}

function fields(schema: JsonSchema, indent: string): string {
  const required = new Set(schema.required);
  const inner = `${indent}  `;
  const lines = Object.entries(schema.properties ?? {}).map(([key, value]) => {
    const note = remarks(value);
    const comment = note === '' ? '' : ` <span class="note">// ${escapeHtml(note)}</span>`;
    const name = `<b>${escapeHtml(key)}</b>${required.has(key) ? '' : '?'}`;
    return `${inner}${name}: ${schemaHtml(value, inner)}${comment}\n`;
  });
  return lines.length === 0 ? '{}' : `{\n${lines.join('')}${indent}}`;
}

/**
 * Renders a schema in TypeScript syntax, as HTML for a `pre` element; shared schemas link to `#type-Name`.
 * @param indent of the line on which it starts
 */
export function schemaHtml(schema: JsonSchema, indent = ''): string {
  if (schema.$ref !== undefined) {
    const name = escapeHtml(schema.$ref.slice(SCHEMAS.length));
    return `<a href="#type-${name}">${name}</a>`;
  }
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map((choice) => schemaHtml(choice, indent)).join(' | ');
  if (Array.isArray(schema.type)) {
    return schema.type.map((type: string) => schemaHtml({ ...schema, type }, indent)).join(' | ');
  }
  switch (schema.type) {
    case 'array': {
      const item = schemaHtml(schema.items ?? {}, indent);
      return item.includes(' | ') ? `(${item})[]` : `${item}[]`;
    }
    case 'object':
      if (typeof schema.additionalProperties === 'object') {
        return `{ [key: string]: ${schemaHtml(schema.additionalProperties, indent)} }`;
      }
      return schema.properties === undefined ? 'object' : fields(schema, indent);
    case undefined:
      return 'unknown';
    default:
      return escapeHtml(String(schema.type));
  }
}
