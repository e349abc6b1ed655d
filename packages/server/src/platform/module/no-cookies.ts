import { problem } from '../problem/index.ts';
import type { Cookies } from './context.ts';

/** For callers that cannot store cookies: the socket, and commands that call commands. */
export const noCookies: Cookies = {
  set() {
    throw problem('invalid_input', 'Cookies require the REST API.');
  },
  clear() {},
};
