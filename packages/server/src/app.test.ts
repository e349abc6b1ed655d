import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../test/app.ts';
import { startS3Server } from '../test/s3-server.ts';

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

describe('a program that keeps its files in a bucket', () => {
  it('is ready as long as the bucket can be used', async () => {
    const bucket = await startS3Server();
    const readiness = async (url: string) => {
      const other = await testApp({ env: { S3_URL: url } });
      const answer = await fetch(`${await other.listen()}/health/ready`);
      await other.close();
      return { status: answer.status, body: await answer.json() };
    };
    expect(await readiness(bucket.url)).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await readiness(`${bucket.url}-elsewhere`)).toEqual({
      status: 503,
      body: { status: 'unavailable', reason: 'the storage of files cannot be used' },
    });
    await bucket.close();
  });
});
