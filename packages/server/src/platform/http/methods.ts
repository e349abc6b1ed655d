import type { FastifyInstance } from 'fastify';

/**
 * Keeps in mind which methods each address takes, so that a wrong method can be told from a wrong address.
 * @param app knows no route yet
 * @returns a function from a path to its methods in the order of the alphabet; none for a path that leads nowhere
 */
export function rememberMethods(app: FastifyInstance): (path: string) => string[] {
  const places = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ method, url }) => {
    // Routes for everything, as that of preflights, say nothing about an address.
    if (url.includes('*')) return;
    const methods = places.get(url) ?? new Set();
    places.set(url, methods);
    for (const each of [method].flat()) methods.add(each);
  });
  return (path) => {
    const found = [...places].flatMap(([url, methods]) => (leadsTo(path, url) ? [...methods] : []));
    return [...new Set(found)].sort();
  };
}

/** True for a path of the shape of a route's address: `/a/1/b` is one of `/a/:x/b`. */
function leadsTo(path: string, url: string): boolean {
  const [parts, wanted] = [path.split('/'), url.split('/')];
  const fits = (part: string, at: number) => (wanted[at]?.startsWith(':') ? part !== '' : part === wanted[at]);
  return parts.length === wanted.length && parts.every(fits);
}
