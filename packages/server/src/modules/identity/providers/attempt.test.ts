import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createKeyring, type Keyring } from '../keys/keyring.ts';
import { type Attempt, openAttempt, sealAttempt } from './attempt.ts';

const now = new Date('2026-11-30T10:00:00Z');
let directory: string;
let keyring: Keyring;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'atrium-attempt-'));
  keyring = await createKeyring({ directory: path.join(directory, 'secrets'), clock: { now: () => now } });
});
afterAll(() => rm(directory, { recursive: true }));

const proof = { state: 'state', nonce: 'nonce', verifier: 'verifier' };
const begun = { provider: 'sso' as const, ...proof, returnTo: '/', remember: false };

it('gives back what was sealed', () => {
  const region = { timezone: 'Europe/Vienna', locale: 'de-AT' };
  const sealed = sealAttempt(keyring, { ...begun, region }, now);
  expect(openAttempt(keyring, sealed, now)).toMatchObject({ ...begun, region });
  expect(openAttempt(keyring, sealed, new Date(now.getTime() + 600_000))).toBeUndefined();
});

it('opens attempts that were begun before an upgrade, which have no region', () => {
  const sealed = sealAttempt(keyring, begun as Omit<Attempt, 'until'>, now);
  expect(openAttempt(keyring, sealed, now)).toMatchObject({ ...begun, region: {} });
});
