import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newRefreshToken, openSuccessor, parseRefreshToken, sealSuccessor, successorOf } from './refresh-token.ts';

describe('refresh tokens', () => {
  it('can be parsed as they were issued', () => {
    const token = newRefreshToken();
    expect(token.value).toMatch(/^[\w-]{86}$/);
    expect(parseRefreshToken(token.value)).toEqual(token);
  });

  it('keep their family, and nothing else, when they are exchanged', () => {
    const token = newRefreshToken();
    const successor = successorOf(token);
    expect(successor.familyHash).toEqual(token.familyHash);
    expect(successor.hash).not.toEqual(token.hash);
    expect(successor.value).not.toBe(token.value);
    expect(newRefreshToken().familyHash).not.toEqual(token.familyHash);
  });

  it('have exactly one spelling', () => {
    const { value } = newRefreshToken();
    for (const other of [`${value}=`, ` ${value}`, value.slice(0, -1), `${value}A`, `${value.slice(0, -1)}.`]) {
      expect(parseRefreshToken(other)).toBeUndefined();
    }
  });

  it('are not parsed from arbitrary text', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => parseRefreshToken(text) === undefined));
  });

  it('open what was sealed for them, and nothing that was sealed for others or changed', () => {
    const token = newRefreshToken();
    const successor = successorOf(token);
    const sealed = sealSuccessor(token, successor);
    expect(openSuccessor(token, sealed)).toEqual(successor);
    expect(() => openSuccessor(successor, sealed)).toThrow();
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(40) ^ 1, 40);
    expect(() => openSuccessor(token, changed)).toThrow();
    expect(() => openSuccessor(token, sealed.subarray(0, 20))).toThrow();
  });

  it('are not contained in what is sealed', () => {
    const token = newRefreshToken();
    const successor = successorOf(token);
    const sealed = sealSuccessor(token, successor);
    expect(sealed.includes(Buffer.from(successor.value, 'base64url').subarray(0, 16))).toBe(false);
    expect(sealed.length).toBeLessThan(256);
  });
});
