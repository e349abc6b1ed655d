import { hasBody, pathKeys, type Route } from '@atrium/protocol/routes';

/** An operation's input, laid out for HTTP. */
export interface RequestShape {
  method: string;
  /** Path and query, beginning with /api/v1. */
  path: string;
  /** JSON text; undefined where the method has no body. */
  body: string | undefined;
}

/**
 * Lays an input out: path keys into the path, the rest into the body where the operation has one, or the query.
 * Arrays in a query become repeated keys; keys whose value is undefined are left out.
 * Throws TypeError when a key of the path is missing.
 */
export function toRequest(route: Route, input: Record<string, unknown>): RequestShape {
  const inPath = pathKeys(route.path);
  const path = route.path.replace(/:(\w+)/g, (_, key: string) => {
    const value = input[key];
    if (value === undefined || value === null || value === '') throw new TypeError(`${route.name} needs ${key}`);
    return encodeURIComponent(String(value));
  });
  const rest = Object.entries(input).filter(([key, value]) => value !== undefined && !inPath.includes(key));
  const inBody = hasBody(route);
  return {
    method: route.method,
    path: `/api/v1${path}${inBody ? '' : toQuery(rest)}`,
    body: inBody ? JSON.stringify(Object.fromEntries(rest)) : undefined,
  };
}

function toQuery(entries: [string, unknown][]): string {
  const query = new URLSearchParams();
  for (const [key, value] of entries) {
    for (const each of Array.isArray(value) ? value : [value]) query.append(key, String(each));
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
