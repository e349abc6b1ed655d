import { AtriumError, type InputNamed, type OperationName, type OutputNamed, randomId } from '@atrium/client';
import { client } from './client.ts';

/**
 * Calls an operation. Where there is no connection it waits for one and tries again, under one idempotency key, so that
 * it is done once. Throws AtriumError when the server refuses it.
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
      // What is still being done was not answered in time: its answer is asked for again.
      await (error.code === 'network' ? untilOnline() : new Promise((resolve) => setTimeout(resolve, 1_000)));
    }
  }
}

function untilOnline(): Promise<void> {
  return new Promise((resolve) => {
    if (client.live.status === 'online') {
      // It says so and yet the call did not get through: not in a tight loop.
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
