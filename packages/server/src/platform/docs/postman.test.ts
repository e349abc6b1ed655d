import { operations } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import { postmanCollection } from './postman.ts';

interface Request {
  request: { method: string; description: string; url: { raw: string }; body?: { raw: string }; auth?: object };
}

const collection = postmanCollection() as { item: { item: Request[] }[] };
const requests = collection.item.flatMap(({ item }) => item.map(({ request }) => request));

describe('the Postman collection', () => {
  it('has a request for every operation', () => {
    expect(requests.map(({ method, url }) => `${method} ${url.raw.split('?')[0]}`)).toEqual(
      operations.map(({ method, path }) => `${method} {{baseUrl}}/api/v1${path}`),
    );
  });

  it('fills in what an operation asks for', () => {
    const bodyOf = (path: string) =>
      JSON.parse(requests.find(({ url, body }) => body !== undefined && url.raw.endsWith(path))!.body!.raw);
    expect(Object.keys(bodyOf('/auth/register'))).toEqual(['name', 'email', 'password']);
    expect(bodyOf('/conversations/:conversationId/members').userId).toMatch(/^[0-9a-f-]{36}$/);
    const list = requests.find(({ url }) => url.raw.includes('/presence?'));
    expect(list?.url.raw).toMatch(/\?userIds=[0-9a-f-]{36}$/);
  });
});
