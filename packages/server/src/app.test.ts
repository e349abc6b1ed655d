import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../test/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

describe('the program', () => {
  it('carries out a command once per key and tells the stream', async () => {
    const ann = await app.person('Ann');
    const first = await ann.call('workspaces.create', { name: 'Team' }, { key: 'k1' });
    const again = await ann.call('workspaces.create', { name: 'Team' }, { key: 'k1' });
    expect(again).toEqual(first);
    const joined = (await app.events(`user:${ann.userId}`)).filter((event) => event.type === 'workspace:joined');
    expect(joined.map((event) => event.body.workspaceId)).toContain(first.id);
    expect(joined).toHaveLength(2);
    await expect(ann.call('workspaces.create', { name: 'Other' }, { key: 'k1' })).rejects.toMatchObject({
      code: 'idempotency_mismatch',
    });
  });
});
