import { generateSync } from 'otplib';
import { describe, expect, it } from 'vitest';
import { newTotpSecret, totpStep, totpUri } from './totp.ts';

const now = new Date('2026-03-04T05:06:07Z');
const step = Math.floor(now.getTime() / 30_000);
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const codeAt = (offset: number) => generateSync({ secret, epoch: (step + offset) * 30 });

describe('totpStep', () => {
  it('accepts the codes of RFC 6238', () => {
    expect(totpStep(secret, '287082', new Date(59_000), 0)).toBe(1);
    expect(totpStep(secret, '081804', new Date(1_111_111_109_000), 0)).toBe(37_037_036);
  });

  it.each([-1, 0, 1])('accepts the code of step %i', (offset) => {
    expect(totpStep(secret, codeAt(offset), now, 0)).toBe(step + offset);
  });

  it.each([-3, -2, 2, 3])('refuses the code of step %i', (offset) => {
    expect(totpStep(secret, codeAt(offset), now, 0)).toBeUndefined();
  });

  it('refuses the code of a used step, and those before it', () => {
    expect(totpStep(secret, codeAt(0), now, step)).toBeUndefined();
    expect(totpStep(secret, codeAt(-1), now, step)).toBeUndefined();
    expect(totpStep(secret, codeAt(1), now, step)).toBe(step + 1);
    expect(totpStep(secret, codeAt(1), now, step + 5)).toBeUndefined();
  });

  it.each(['', '12345', '1234567', 'abcdef', '١٢٣٤٥٦', ' 123456'])('refuses %j', (code) => {
    expect(totpStep(secret, code, now, 0)).toBeUndefined();
  });
});

it('creates secrets of 160 bits, each different', () => {
  const secrets = new Set(Array.from({ length: 50 }, newTotpSecret));
  expect(secrets.size).toBe(50);
  for (const made of secrets) expect(made).toMatch(/^[A-Z2-7]{32}$/);
});

it('writes a URI that apps can read', () => {
  const uri = new URL(totpUri(secret, 'ann+x@example.org'));
  expect(uri.protocol).toBe('otpauth:');
  expect(decodeURIComponent(uri.pathname)).toContain('Atrium:ann+x@example.org');
  expect(uri.searchParams.get('secret')).toBe(secret);
  expect(uri.searchParams.get('issuer')).toBe('Atrium');
});
