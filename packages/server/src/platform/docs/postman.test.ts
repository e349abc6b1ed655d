import { operations } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import { postmanCollection } from './postman.ts';

interface Item {
  event?: { script: { exec: string[] } }[];
  request: { method: string; description: string; url: { raw: string }; body?: { raw: string }; auth?: object };
}

const collection = postmanCollection() as { item: { item: Item[] }[] };
const items = collection.item.flatMap(({ item }) => item);
const requests = items.map(({ request }) => request);

describe('the Postman collection', () => {
  it('has a request for every operation', () => {
    const named = new Set(requests.map(({ method, url }) => `${method} ${url.raw.split('?')[0]}`));
    expect([...named].toSorted()).toEqual(
      operations.map(({ method, path }) => `${method} {{baseUrl}}/api/v1${path}`).toSorted(),
    );
  });

  it('uses no variable before a response has set it, except those from mails and other people', () => {
    const filled = new Set(['baseUrl', 'email', 'password', '$guid', 'identityId', 'challengeId']);
    const early = items.flatMap(({ request, event }) => {
      const used = [...JSON.stringify(request).matchAll(/\{\{([^}]+)\}\}/g)].map(([, name = '']) => name);
      const unknown = used.filter((name) => !filled.has(name)).map((name) => `${request.description}: ${name}`);
      const script = event?.flatMap(({ script: { exec } }) => exec).join(' ') ?? '';
      for (const [, name = ''] of script.matchAll(/keep\('(\w+)'/g)) filled.add(name);
      return unknown;
    });
    expect(early).toEqual([]);
  });

  it('fills in required fields', () => {
    const bodyOf = (path: string) =>
      JSON.parse(requests.find(({ url, body }) => body !== undefined && url.raw.endsWith(path))!.body!.raw);
    expect(bodyOf('/auth/register')).toEqual({ name: 'Ada Lovelace', email: '{{email}}', password: '{{password}}' });
    expect(bodyOf('/conversations/:conversationId/members')).toEqual({ userId: '{{userId}}' });
    const list = requests.find(({ url }) => url.raw.includes('/presence?'));
    expect(list?.url.raw).toMatch(/\?userIds=\{\{userId\}\}$/);
  });
});
