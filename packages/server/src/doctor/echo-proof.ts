import type { Keyring } from '../modules/identity/index.ts';

const CONTEXT = ['doctor', 'echo'];
const LASTS_MS = 60_000;

/** Proves for a minute that whoever has it has the keys of this instance. */
export function echoProof(keyring: Pick<Keyring, 'codeHash'>, now: Date): string {
  const until = now.getTime() + LASTS_MS;
  return `${until}.${keyring.codeHash(CONTEXT, String(until)).toString('hex')}`;
}

export function isEchoProof(keyring: Pick<Keyring, 'isCode'>, proof: string, now: Date): boolean {
  const [, until = '', hash = ''] = /^(\d{1,15})\.([\da-f]{64})$/.exec(proof) ?? [];
  const leftMs = Number(until) - now.getTime();
  return leftMs > 0 && leftMs <= 2 * LASTS_MS && keyring.isCode(CONTEXT, until, Buffer.from(hash, 'hex'));
}
