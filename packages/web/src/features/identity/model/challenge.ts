import { isOwnAddress } from '../../../text/own-address.ts';

/** A required second factor. */
export interface Challenge {
  id: string;
  methods: readonly string[];
}

/**
 * Parses `challenge=…&methods=…&returnTo=…` in the fragment, as set by the server. Pure.
 * @returns undefined if there is no challenge; `returnTo` only if it is a URL of this app
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
