import type { Me } from '@atrium/protocol';
import { useLive } from '../../live/use-live.ts';
import { useOperation } from '../../live/use-operation.ts';

/** What anyone may know of this instance. */
export const useInstance = () => useOperation('instance.get', {}).data;

/** The one before, for the moment in which somebody signs out and the page is still there. */
let last: Me | undefined;

/** The person who is signed in. Only for parts behind the sign-in. */
export function useMe(): Me {
  last = useLive((state) => state.me) ?? last;
  if (!last) throw new Error('Nobody is signed in');
  return last;
}
