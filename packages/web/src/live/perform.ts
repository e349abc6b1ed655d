import { AtriumError, type InputNamed, type OperationName, type OutputNamed, randomId } from '@atrium/client';
import { client } from './client.ts';

/**
 * Calls an operation. Without a connection it waits for one and tries again, with one idempotency key, so that it is
 * done once. Throws AtriumError if the server refuses it.
 */
export async function perform<Name extends OperationName>(
  name: Name,
  input: InputNamed<Name>,
): Promise<OutputNamed<Name>> {
  const key = randomId();
  for (;;) {
    try {
      return await client.call(name, input, { key });
    } catch (error) {
      if (!(error instanceof AtriumError) || !(error.code === 'network' || error.code === 'in_progress')) throw error;
      // The first call is still running, and its answer was lost: the answer is requested again.
      await (error.code === 'network' ? untilOnline() : new Promise((resolve) => setTimeout(resolve, 1_000)));
    }
  }
}

function untilOnline(): Promise<void> {
  return new Promise((resolve) => {
    if (client.live.status === 'online') {
      // It reports a connection, but the call failed: wait, to avoid a busy loop.
      setTimeout(resolve, 1_000);
      return;
    }
    const stop = client.on('status', ({ status }) => {
      if (status !== 'online') return;
      stop();
      resolve();
    });
  });
}
