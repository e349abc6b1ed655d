import type { Api } from '@atrium/protocol';
import { type Route, routes } from '@atrium/protocol/routes';

/** Calls an operation. */
export type Caller<Options> = (route: Route, input: Record<string, unknown>, options?: Options) => Promise<unknown>;

/** The contract as methods, for any transport: `api.messages.send(input)`. */
export function createApi<Options>(call: Caller<Options>): Api<Options> {
  const groups: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const [group = '', verb = ''] = route.name.split('.');
    groups[group] ??= {};
    groups[group][verb] = (input: Record<string, unknown> = {}, options?: Options) => call(route, input, options);
  }
  for (const methods of Object.values(groups)) Object.freeze(methods);
  return Object.freeze(groups) as Api<Options>;
}

const byName = new Map(routes.map((route) => [route.name, route]));

/** Throws TypeError for a name that is not in the contract. */
export function routeNamed(name: string): Route {
  const route = byName.get(name);
  if (!route) throw new TypeError(`There is no operation ${name}`);
  return route;
}
