import fastify from 'fastify';

const PREFIX = '/reference';

/**
 * The browser script of Scalar, from the package that would serve it with its own page. We serve another page, because
 * that one has an inline script. Loads 4 MB: call it only when needed.
 */
export async function loadScalarScript(): Promise<string> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const app = fastify({ logger: false });
  await app.register(scalar, { routePrefix: PREFIX, configuration: { url: '/openapi.json' } });
  try {
    const answer = await app.inject(`${PREFIX}/js/scalar.js`);
    if (answer.statusCode !== 200) throw new Error('@scalar/fastify-api-reference no longer serves its script.');
    return answer.body;
  } finally {
    await app.close();
  }
}
