import { hasBody, operations, pathKeys, problems } from '@atrium/protocol';
import { validate } from '@scalar/openapi-parser';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from './openapi.ts';

interface Parameter {
  $ref?: string;
  name: string;
  in: string;
}

interface Entry {
  operationId: string;
  description: string;
  tags: string[];
  parameters?: Parameter[];
  requestBody?: { content: { 'application/json': { schema: { properties: object; required?: string[] } } } };
  responses: Record<string, { $ref?: string }>;
  security?: object[];
  'x-access': string;
  'x-socket-event'?: string;
}

const document = openApiDocument() as {
  tags: { name: string }[];
  paths: Record<string, Record<string, Entry>>;
  components: { responses: Record<string, { content: object }>; schemas: Record<string, { properties: object }> };
};
const entries = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, entry]) => ({ path, method, entry })),
);
const entryOf = (name: string) => entries.find(({ entry }) => entry.operationId === name)!.entry;

describe('the OpenAPI document', () => {
  it('has short titles, with details in the descriptions', () => {
    const titles = operations.map(({ name, summary }) => ({ name, summary }));
    expect(
      titles.filter(({ summary }) => summary.length > 60 || summary.endsWith('.')),
      'shorten the summaries in packages/protocol/src/<feature>',
    ).toEqual([]);
    for (const { name, description } of operations) {
      if (description === undefined) continue;
      expect(description).toMatch(/\.$/);
      expect(entryOf(name).description).toContain(description);
    }
  });

  it('is valid OpenAPI 3.1, every reference included', async () => {
    const { errors, valid } = await validate(structuredClone(document) as never);
    expect(errors).toEqual([]);
    expect(valid).toBe(true);
  });

  it('is refused by the same check if a reference is broken', async () => {
    const broken = structuredClone(document);
    delete (broken.components.schemas as Record<string, unknown>).Message;
    expect((await validate(broken as never)).valid).toBe(false);
  });

  it('has every operation at every path, the webhook endpoint, and nothing else', () => {
    const described = entries.map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    const addresses = operations.flatMap(({ method, path, alias }) =>
      [path, alias].flatMap((at) => (at === undefined ? [] : [`${method} ${at.replace(/:(\w+)/g, '{$1}')}`])),
    );
    addresses.push('POST /hooks/incoming/{webhookId}/{secret}');
    expect(described.toSorted()).toEqual(addresses.toSorted());
  });

  it('gives every operation a unique id and a described group', () => {
    expect(new Set(entries.map(({ entry }) => entry.operationId)).size).toBe(entries.length);
    const tags = new Set(document.tags.map(({ name }) => name));
    for (const { entry } of entries) expect(entry.tags.every((tag) => tags.has(tag))).toBe(true);
  });

  it.each(operations.map((operation) => [operation.name, operation] as const))(
    'splits the input of %s',
    (name, operation) => {
      const { parameters = [], requestBody } = entryOf(name);
      const named = parameters.filter(({ $ref }) => $ref === undefined);
      const body = Object.keys(requestBody?.content['application/json']?.schema.properties ?? {});
      expect([...named.map((parameter) => parameter.name), ...body].toSorted()).toEqual(
        Object.keys(operation.input.shape).toSorted(),
      );
      expect(named.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name)).toEqual(
        expect.arrayContaining(pathKeys(operation.path)),
      );
      expect(body.length > 0 && !hasBody(operation)).toBe(false);
    },
  );

  it.each(operations.map((operation) => [operation.name, operation] as const))(
    'names the refusals of %s',
    (name, operation) => {
      const { responses } = entryOf(name);
      const codes = Object.values(responses).flatMap(({ $ref = '' }) => $ref.split('/').at(-1)!.split('.'));
      expect(codes).toEqual(expect.arrayContaining(['invalid_input', 'rate_limited', ...(operation.errors ?? [])]));
      expect(codes.includes('unauthenticated')).toBe(operation.access !== 'public');
      for (const [status, { $ref }] of Object.entries(responses)) {
        if ($ref === undefined) continue;
        for (const code of $ref.split('/').at(-1)!.split('.')) {
          expect(problems[code as keyof typeof problems].status).toBe(Number(status));
        }
      }
    },
  );

  it('requires authentication only where it is needed, and a key only where it has an effect', () => {
    expect(entryOf('auth.login').security).toEqual([]);
    expect(entryOf('users.me').security).toBeUndefined();
    const keyed = (name: string) =>
      (entryOf(name).parameters ?? []).some(({ $ref }) => $ref?.endsWith('/IdempotencyKey'));
    expect(['workspaces.create', 'workspaces.delete'].every(keyed)).toBe(true);
    expect(['auth.login', 'users.me', 'messages.send'].some(keyed)).toBe(false);
  });

  it('mentions the socket event', () => {
    expect(entryOf('messages.send')['x-socket-event']).toBe('message:send');
    expect(entryOf('conversations.get')['x-access']).toBe('conversation:reader');
  });
});
