import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commonPasswords } from './common.ts';
import { normalizePassword, passwordFault } from './policy.ts';

const owner = { email: 'ann.lovelace@example.org', name: 'Ann Lovelace', username: 'annlovelace' };

describe('S13 passwordFault', () => {
  it.each([
    ['password', 'common'],
    ['PassWord', 'common'],
    ['Password1!', 'common'],
    ['P@ssw0rd2024', 'common'],
    ['!dragon2024', 'common'],
    ['summer2026', 'common'],
    ['qwertyuiop', 'common'],
    ['12345678', 'common'],
    ['1234567890', 'common'],
    ['987654321', 'common'],
    ['abcdefghij', 'common'],
    ['aaaaaaaaaa', 'common'],
    ['xyxyxyxy', 'common'],
    ['atrium2026', 'common'],
    ['ann.lovelace@example.org', 'email'],
    ['Ann.Lovelace@EXAMPLE.org', 'email'],
    ['Ann.Lovelace', 'email'],
    ['ann lovelace', 'name'],
    ['ANN LOVELACE', 'name'],
    ['AnnLovelace', 'name'],
  ] as const)('refuses %s: %s', (password, fault) => {
    expect(passwordFault(password, owner)).toBe(fault);
  });

  it.each([
    'correct horse battery staple',
    'ann.lovelace of london',
    'princess8420176359204817',
    'tr0ubadour&3xy',
    '🦊🦊🐻🐻🐼',
    `${'a'.repeat(63)}b`,
  ])('takes %s', (password) => {
    expect(passwordFault(password, owner)).toBeUndefined();
  });

  it('recognizes a composed name in both spellings', () => {
    const zoe = { email: 'z@example.org', name: 'Zoë Müller-Grün' };
    expect(passwordFault('zoë müller-grün'.normalize('NFD'), zoe)).toBe('name');
  });

  it('ignores case and spelling in what it refuses', () => {
    fc.assert(
      fc.property(fc.constantFrom(...commonPasswords), fc.boolean(), (word, upper) => {
        expect(passwordFault((upper ? word.toUpperCase() : word).normalize('NFD'), owner)).toBe('common');
      }),
    );
  });

  it('accepts nearly every random password', () => {
    fc.assert(
      fc.property(fc.uuid({ version: 4 }), (password) => {
        expect(passwordFault(password, owner)).toBeUndefined();
      }),
    );
  });
});

it('lists passwords in the spelling that is compared, each once', () => {
  const listed = [...commonPasswords];
  expect(listed.filter((word) => word !== normalizePassword(word).toLowerCase())).toEqual([]);
  expect(listed.length).toBeGreaterThan(500);
});
