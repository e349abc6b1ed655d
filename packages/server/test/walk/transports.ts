import { hasBody, type Operation, type Problem, pathKeys } from '@atrium/protocol';
import { oneFile } from '../multipart.ts';
import { recordSocket, type SocketRecorder } from '../socket.ts';
import type { WalkCaller } from './define.ts';
import type { WalkWorld } from './world.ts';

/** How a call ended. */
export type Outcome = { data: Record<string, unknown>; problem?: never } | { problem: Problem; data?: never };

/** A way of calling operations as a user. */
export interface Transport {
  name: 'REST' | 'socket';
  call(caller: WalkCaller, operation: Operation, input: Record<string, unknown>): Promise<Outcome>;
}

/** Calls over HTTP: path, query and body as in the contract. */
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
      const form = operation.files === true ? oneFile() : undefined;
      const response = await app.app.http.inject({
        method,
        url: `/api/v1${address}${inBody || query === '' ? '' : `?${query}`}`,
        headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...form?.headers },
        ...(form ? { payload: form.body } : inBody ? { payload: Object.fromEntries(others) } : {}),
      });
      const body = response.json();
      if (response.statusCode === status) return { data: body };
      if (response.statusCode !== body.status) throw new Error(`${response.statusCode} with ${response.body}`);
      return { problem: body };
    },
  };
}

/**
 * Calls over the socket; a user who cannot connect is refused for any call, so they try once.
 * `close()` ends the connection of one, or of all, and forgets a refusal.
 */
export function socket({ url }: WalkWorld): Transport & { close(token?: string): void } {
  const known = new Map<string, Promise<SocketRecorder | Problem>>();
  const connect = (token: string | undefined): Promise<SocketRecorder | Problem> =>
    recordSocket(url, token).catch((error: { problem?: Problem }) => {
      if (error.problem === undefined) throw error;
      return error.problem;
    });
  const connection = async (token: string | undefined): Promise<SocketRecorder | Problem> => {
    const key = token ?? '';
    const before = await known.get(key);
    if (before !== undefined && (!('call' in before) || before.connected)) return before;
    const made = connect(token);
    known.set(key, made);
    return made;
  };
  return {
    name: 'socket',
    async call({ token }, { name }, input) {
      const connected = await connection(token);
      if (!('call' in connected)) return { problem: connected };
      const answer = await connected.call(name, input);
      return answer.ok ? { data: answer.data } : { problem: answer.error };
    },
    close(token) {
      for (const [key, each] of known) {
        if (token !== undefined && key !== token) continue;
        known.delete(key);
        void each.then((was) => 'close' in was && was.close());
      }
    },
  };
}
