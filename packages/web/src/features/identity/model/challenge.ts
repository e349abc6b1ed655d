import { isOwnAddress } from '../../../text/own-address.ts';

/** A second step that is asked for. */
export interface Challenge {
  id: string;
  methods: readonly string[];
}

/**
 * Reads `challenge=…&methods=…&returnTo=…`, as the server puts it behind the # of the address. Pure.
 * @returns undefined when it holds no challenge; `returnTo` only when it is an address of this app
 */
export function readChallenge(text: string): { challenge: Challenge; returnTo?: string | undefined } | undefined {
  const read = new URLSearchParams(text);
  const id = read.get('challenge');
  if (!id) return undefined;
  const returnTo = read.get('returnTo');
  return {
    challenge: { id, methods: (read.get('methods') ?? '').split(',') },
    ...(isOwnAddress(returnTo) && { returnTo }),
  };
}
