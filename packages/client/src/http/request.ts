import { hasBody, pathKeys, type Route } from '@atrium/protocol/routes';

/** The HTTP request of an operation's input. */
export interface RequestShape {
  method: string;
  /** Path and query, beginning with /api/v1. */
  path: string;
  /** JSON text; undefined for methods without a body. */
  body: string | undefined;
}

/**
 * Converts an input: path keys into the path, the rest into the body if the operation has one, or into the query.
 * Arrays in a query become repeated keys; keys whose value is undefined are left out.
 * Throws TypeError if a key of the path is missing.
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
