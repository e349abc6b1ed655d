import { describe, expect, it } from 'vitest';
import { createPasswordHasher, hashParameters } from './hasher.ts';

const cheap = createPasswordHasher({ memoryCost: 64, timeCost: 1, parallelism: 1 });

describe('password hasher', () => {
  it('creates argon2id hashes with the current parameters', async () => {
    const hash = await createPasswordHasher().hash('correct horse');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(hashParameters).toEqual({ memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  });

  it('salts: equal passwords have different hashes', async () => {
    expect(await cheap.hash('correct horse')).not.toBe(await cheap.hash('correct horse'));
  });

  it('S13 uses every character of a long password', async () => {
    const long = `${'x'.repeat(127)}y`;
    const hash = await cheap.hash(long);
    expect(await cheap.verify(hash, long)).toBe(true);
    expect(await cheap.verify(hash, `${'x'.repeat(127)}z`)).toBe(false);
    expect(await cheap.verify(hash, 'x'.repeat(127))).toBe(false);
  });

  it('S13 accepts both spellings of a composed letter', async () => {
    const hash = await cheap.hash('pässwörter'.normalize('NFD'));
    expect(await cheap.verify(hash, 'pässwörter'.normalize('NFC'))).toBe(true);
  });

  it('matches no password if there is no hash', async () => {
    expect(await cheap.verify(null, '')).toBe(false);
    expect(await cheap.verify(null, 'correct horse')).toBe(false);
  });

  it('hashes even if there is no hash', async () => {
    const nothing = createPasswordHasher()
      .verify(null, 'correct horse')
      .then(() => 'hashed');
    // Without work in another thread the answer would be there before the event loop turned once.
    const oneTurn = new Promise((resolve) => setImmediate(resolve, 'turned'));
    expect(await Promise.race([nothing, oneTurn])).toBe('turned');
    expect(await nothing).toBe('hashed');
  });

  it('detects a hash with outdated parameters', async () => {
    const hash = await cheap.hash('correct horse');
    expect(cheap.isOutdated(hash)).toBe(false);
    expect(createPasswordHasher().isOutdated(hash)).toBe(true);
  });

  it('tells the caller to retry later when the queue is full', async () => {
    const results = await Promise.allSettled(Array.from({ length: 300 }, () => cheap.verify(null, 'x')));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(300 - 2 - 256);
    expect(refused[0]?.reason).toMatchObject({ code: 'unavailable', details: { retryAfterMs: 2_000 } });
  });
});
