import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../test/app.ts';

let app: TestApp;
let url: string;
let ann: Person;

beforeAll(async () => {
  app = await testApp({ limits: true });
  url = await app.listen();
  ann = await app.person('Ann');
});
afterAll(() => app.close());

const get = (path: string) =>
  fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${ann.accessToken}` } });

describe('every answer has the remaining number of calls', () => {
  it.each([
    ['a result', '/users/me', 200],
    ['a refusal', '/workspaces?limit=0', 400],
  ])('%s', async (_what, path, status) => {
    const before = Number((await get('/users/me')).headers.get('ratelimit-remaining'));
    const { headers, status: got } = await get(path);
    expect(got).toBe(status);
    expect(headers.get('ratelimit-limit')).toBe('600');
    expect(Number(headers.get('ratelimit-remaining'))).toBe(before - 1);
    expect(Number(headers.get('ratelimit-reset'))).toBeGreaterThan(0);
  });
});
