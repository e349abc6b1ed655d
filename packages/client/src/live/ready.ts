import type { ClientEvents } from '../client-events.ts';
import type { Emitter } from '../emitter.ts';
import { AtriumError } from '../error.ts';

/**
 * Resolves when the state is complete and up to date. Rejects with an AtriumError if the server refuses or the client
 * is closed.
 */
export function whenReady(events: Emitter<ClientEvents>): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = [
      events.on('synced', () => end(resolve)),
      events.on('status', ({ error, status }) => {
        if (status === 'refused') end(() => reject(error ?? new AtriumError('unauthenticated', 'Sign in first')));
        if (status === 'offline') end(() => reject(new AtriumError('closed', 'The client is closed')));
      }),
    ];
    const end = (outcome: () => void) => {
      for (const each of stop) each();
      outcome();
    };
  });
}
