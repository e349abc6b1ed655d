import fastify from 'fastify';

const PREFIX = '/reference';

/**
 * The browser program of Scalar, out of the package that would serve it with a page of its own.
 * Ours is another page, since that one holds an inline script. Loads 4 MB: ask only when somebody wants it.
 */
export async function loadScalarScript(): Promise<string> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const app = fastify({ logger: false });
  await app.register(scalar, { routePrefix: PREFIX, configuration: { url: '/openapi.json' } });
  try {
    const answer = await app.inject(`${PREFIX}/js/scalar.js`);
    if (answer.statusCode !== 200) throw new Error('@scalar/fastify-api-reference does not serve its script any more.');
    return answer.body;
  } finally {
    await app.close();
  }
}
