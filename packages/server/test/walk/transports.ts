import { hasBody, type Operation, type Problem, pathKeys } from '@atrium/protocol';
import { listenIn, type Wiretap } from '../socket.ts';
import type { WalkCaller, WalkWorld } from './world.ts';

/** How a call ended. */
export type Outcome = { data: Record<string, unknown>; problem?: never } | { problem: Problem; data?: never };

/** A way of calling operations as someone. */
export interface Transport {
  name: 'REST' | 'socket';
  call(caller: WalkCaller, operation: Operation, input: Record<string, unknown>): Promise<Outcome>;
}

/** Calls over HTTP: the address, query and body that the contract says. */
export function rest({ app }: WalkWorld): Transport {
  return {
    name: 'REST',
    async call({ token }, operation, input) {
      const { method, path, status = 200 } = operation;
      const inPath = pathKeys(path);
      const others = Object.entries(input).filter(([key]) => !inPath.includes(key));
      const address = path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(String(input[key])));
      const query = new URLSearchParams(
        others.flatMap(([key, value]) => [value].flat().map((one): [string, string] => [key, String(one)])),
      ).toString();
      const inBody = hasBody(operation);
      const response = await app.app.http.inject({
        method,
        url: `/api/v1${address}${inBody || query === '' ? '' : `?${query}`}`,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        ...(inBody ? { payload: Object.fromEntries(others) } : {}),
      });
      const body = response.json();
      if (response.statusCode === status) return { data: body };
      if (response.statusCode !== body.status) throw new Error(`${response.statusCode} with ${response.body}`);
      return { problem: body };
    },
  };
}

/** Calls over the socket; who may not connect is refused whatever they would call. */
export function socket({ url }: WalkWorld): Transport & { close(token?: string): void } {
  const open = new Map<string, Wiretap>();
  const connection = async (token: string | undefined): Promise<Wiretap> => {
    const known = open.get(token ?? '');
    if (known?.connected) return known;
    const made = await listenIn(url, token);
    open.set(token ?? '', made);
    return made;
  };
  return {
    name: 'socket',
    async call({ token }, { name }, input) {
      try {
        const answer = await (await connection(token)).call(name, input);
        // It is about to be cut; the next call needs one that lasts.
        if (name.startsWith('auth.logout') || name === 'users.delete') open.get(token ?? '')?.close();
        return answer.ok ? { data: answer.data } : { problem: answer.error };
      } catch (error) {
        const { problem } = error as { problem?: Problem };
        if (problem === undefined) throw error;
        return { problem };
      }
    },
    close(token) {
      for (const [key, each] of open) if (token === undefined || key === token) each.close();
    },
  };
}
