import type { FastifyInstance } from 'fastify';

/**
 * Records which methods each path supports, to distinguish a wrong method from an unknown path.
 * @param app must have no routes yet
 * @returns a function from a path to its methods in alphabetical order; none for an unknown path
 */
export function rememberMethods(app: FastifyInstance): (path: string) => string[] {
  const places = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ method, url }) => {
    // Catch-all routes, such as for preflights, say nothing about a path.
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

/** True if a path matches a route: `/a/1/b` matches `/a/:x/b`. */
function leadsTo(path: string, url: string): boolean {
  const [parts, wanted] = [path.split('/'), url.split('/')];
  const fits = (part: string, at: number) => (wanted[at]?.startsWith(':') ? part !== '' : part === wanted[at]);
  return parts.length === wanted.length && parts.every(fits);
}
