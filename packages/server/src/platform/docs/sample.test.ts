import { operations } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import { convertContract } from './json-schema.ts';
import { inputExample } from './sample.ts';

const schemas = convertContract();

describe('examples of requests', () => {
  it('are accepted by the schemas of the operations', () => {
    const refused = operations.flatMap((operation) => {
      const { success, error } = operation.input.safeParse(inputExample(operation, schemas));
      return success ? [] : [`${operation.name}: ${error.message}`];
    });
    expect(refused).toEqual([]);
  });

  it("have ids in the caller's form, in streams and lists too", () => {
    const named = (name: string) => {
      const operation = operations.find((one) => one.name === name)!;
      return inputExample(operation, schemas, (key) => (key.endsWith('Id') ? `<${key}>` : undefined));
    };
    expect(named('streams.sync')).toEqual({ stream: 'workspace:<workspaceId>', after: 0 });
    expect(named('streams.resume')).toEqual({ since: { 'workspace:<workspaceId>': 0 } });
    expect(named('presence.list')).toEqual({ userIds: ['<userId>'] });
    expect(named('orders.place')).toMatchObject({ items: [{ productId: '<productId>', quantity: 2 }] });
  });
});
