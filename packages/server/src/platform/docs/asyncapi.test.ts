import { events, isDurable, operations } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import { asyncApiDocument } from './asyncapi.ts';

interface Reference {
  $ref: string;
}

interface Described {
  title?: string;
  summary?: string;
  description?: string;
}

interface Message extends Described {
  name: string;
  headers?: Reference;
  payload: { $ref?: string; oneOf?: object[]; properties?: object };
}

const document = asyncApiDocument() as {
  channels: { live: Described & { messages: Record<string, Reference> } };
  operations: Record<string, Described & { action: string; messages: Reference[]; reply?: { messages: Reference[] } }>;
  components: { messages: Record<string, Message>; schemas: object };
};

function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  );
}

function resolve(reference: string): unknown {
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
}

describe('the AsyncAPI document', () => {
  it('has no broken references', () => {
    const all = references(document);
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter((reference) => resolve(reference) === undefined)).toEqual([]);
    expect(resolve('#/components/schemas/Nowhere')).toBeUndefined();
  });

  it('uses component names that AsyncAPI 3 allows', () => {
    for (const names of Object.values(document.components)) {
      for (const name of Object.keys(names)) expect(name).toMatch(/^[a-zA-Z0-9._-]+$/);
    }
    expect(Object.keys(document.channels.live.messages)).toEqual(Object.keys(document.components.messages));
  });

  it.each(['messages', 'operations', 'channels'] as const)('describes each of its %s', (kind) => {
    const described: Record<string, Described> = kind === 'messages' ? document.components.messages : document[kind];
    expect(Object.keys(described)).not.toEqual([]);
    const lacking = Object.entries(described).flatMap(([name, { title, summary, description }]) =>
      [title, description, ...(kind === 'channels' ? [] : [summary])].every((text) => text?.trim()) ? [] : [name],
    );
    expect(lacking).toEqual([]);
  });

  it('has every event, with its position in a stream if it has one', () => {
    const sent = Object.entries(document.operations).filter(([, { action }]) => action === 'send');
    const messages = sent.map(([name]) => document.components.messages[name]!);
    expect(messages.map(({ name }) => name).toSorted()).toEqual(Object.keys(events).toSorted());
    for (const { name, headers } of messages) {
      expect(headers !== undefined).toBe(isDurable(name as keyof typeof events));
    }
  });

  it('has every command, with its answer', () => {
    const heard = Object.entries(document.operations).filter(([, { action }]) => action === 'receive');
    const named = operations.flatMap(({ event }) => (event === undefined ? [] : [event]));
    expect(heard.map(([name]) => document.components.messages[name]!.name).toSorted()).toEqual(
      ['op', 'auth:renew', ...named].toSorted(),
    );
    for (const [, { reply }] of heard) {
      const [answer] = reply!.messages.map(({ $ref }) => document.components.messages[$ref.split('/').at(-1)!]!);
      expect(answer?.payload.oneOf).toHaveLength(2);
    }
  });
});
