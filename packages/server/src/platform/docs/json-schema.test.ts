import { events, operations } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import { convertContract, type JsonSchema } from './json-schema.ts';
import { sampleOf } from './sample.ts';

const { inputs, outputs, events: eventSchemas, components } = convertContract();
const sample = (schema: JsonSchema | undefined) => sampleOf(schema ?? {}, components);

describe('the converted contract', () => {
  it.each(operations.map(({ name, output }) => [name, output] as const))(
    'describes an output that %s can return',
    (name, output) => {
      expect(output.safeParse(sample(outputs.get(name))).error).toBeUndefined();
    },
  );

  it.each(Object.entries(events))('describes the data of %s', (type, { data }) => {
    expect(data.safeParse(sample(eventSchemas.get(type))).error).toBeUndefined();
  });

  it('requires the same input as the operations', () => {
    for (const { name, input } of operations) {
      const { required = [], additionalProperties } = inputs.get(name) ?? {};
      const missing = input.safeParse({}).error?.issues.map(({ path }) => path[0]) ?? [];
      expect(new Set(required), name).toEqual(new Set(missing));
      expect(additionalProperties, name).toBe(false);
    }
  });

  it('shares named schemas and inlines the others', () => {
    expect(outputs.get('users.me')).toEqual({ $ref: '#/components/schemas/Me' });
    expect(outputs.get('messages.send')?.properties?.message).toEqual({ $ref: '#/components/schemas/Message' });
    expect(inputs.get('messages.send')?.properties?.content).toMatchObject({ minLength: 0, maxLength: 8_000 });
    expect(JSON.stringify([...outputs, ...eventSchemas, ...inputs])).not.toContain('~');
  });

  it('keeps descriptions and constraints and leaves out noise', () => {
    const register = inputs.get('auth.register')?.properties;
    expect(register?.email).toEqual({ type: 'string', format: 'email', maxLength: 254 });
    expect(components.Message?.properties?.id).toEqual({ type: 'string', format: 'uuid', description: 'UUID' });
    expect(components.Message?.additionalProperties).toBeUndefined();
    expect(JSON.stringify(components)).not.toContain(String(Number.MAX_SAFE_INTEGER));
  });
});
