import { gunzipSync } from 'node:zlib';
import fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { compressAnswers } from './compress.ts';

const long = { text: 'Roses are red. '.repeat(200) };
const small = { text: 'Roses' };

/** A server with answers of each kind. */
function serve() {
  const app = fastify();
  onTestFinished(() => app.close());
  compressAnswers(app);
  app.get('/long', async () => long);
  app.get('/small', async () => small);
  app.get<{ Params: { bytes: string } }>('/of/:bytes', async ({ params }, reply) =>
    reply.type('text/plain').send('x'.repeat(Number(params.bytes))),
  );
  app.get('/huge', async () => ({ text: 'Roses'.repeat(300_000) }));
  app.get('/tagged', async (_request, reply) => reply.header('etag', '"1"').send(long));
  app.get('/picture', async (_request, reply) => reply.type('image/svg+xml').send(long.text));
  app.get('/refused', async (_request, reply) =>
    reply.code(400).type('application/problem+json').send(JSON.stringify(long)),
  );
  app.register(async (scope) => {
    scope.addHook('onSend', async (_request, _reply, payload) => String(payload).replaceAll('red', 'blue'));
    scope.get('/changed', async () => long);
  });
  return (url: string, accepted?: string) =>
    app.inject({ url, headers: accepted === undefined ? {} : { 'accept-encoding': accepted } });
}

test.each(['gzip, deflate, br', 'gzip', 'br, gzip;q=0.5', '*'])(
  'compresses for a client that accepts %s',
  async (accepted) => {
    const get = serve();
    for (const url of ['/long', '/refused']) {
      const { headers, rawPayload } = await get(url, accepted);
      expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
      expect(headers['content-length']).toBe(String(rawPayload.length));
      expect(rawPayload.length).toBeLessThan(200);
      expect(JSON.parse(gunzipSync(rawPayload).toString())).toEqual(long);
    }
  },
);

test.each([undefined, '', 'identity', 'gzip;q=0', 'br'])('does not change answers for %j', async (accepted) => {
  const { body, headers } = await serve()('/long', accepted);
  expect(JSON.parse(body)).toEqual(long);
  expect(headers['content-encoding']).toBeUndefined();
  expect(headers.vary).toBe('accept-encoding');
});

test.each([
  [1_023, undefined],
  [1_024, 'gzip'],
])('compresses from 1 kB: %i bytes', async (bytes, encoding) => {
  const { headers } = await serve()(`/of/${bytes}`, 'gzip');
  expect(headers['content-encoding']).toBe(encoding);
});

test.each(['/small', '/huge', '/tagged', '/picture'])('does not change %s', async (url) => {
  const { headers } = await serve()(url, 'br, gzip');
  expect(headers['content-encoding']).toBeUndefined();
  expect(headers.vary).toBeUndefined();
});

test('runs after all other hooks', async () => {
  const { rawPayload } = await serve()('/changed', 'gzip');
  expect(gunzipSync(rawPayload).toString()).toContain('blue');
});
