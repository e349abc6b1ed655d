import type { Me } from '@atrium/protocol';
import { useLive } from '../../live/use-live.ts';
import { useOperation } from '../../live/use-operation.ts';

/** The public facts about this instance. */
export const useInstance = () => useOperation('instance.get', {}).data;

/** The previous user, while the page is still mounted after signing out. */
let last: Me | undefined;

/** The signed-in user. Only for components that need a session. */
export function useMe(): Me {
  last = useLive((state) => state.me) ?? last;
  if (!last) throw new Error('Nobody is signed in');
  return last;
}
