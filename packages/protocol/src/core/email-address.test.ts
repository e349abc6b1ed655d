import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { email } from './primitives.ts';

describe('an e-mail address', () => {
  it.each([
    ['ann@example.org', 'ann@example.org'],
    ['  Ann@Example.ORG ', 'ann@example.org'],
    ['x&y@example.org', 'x&y@example.org'],
    ["o'hara+list=1@example.org", "o'hara+list=1@example.org"],
    ['a.b.c@sub.example.co', 'a.b.c@sub.example.co'],
    ['anna@xn--80a1acny.xn--p1ai', 'anna@xn--80a1acny.xn--p1ai'],
    ['anna@почта.рф', 'anna@xn--80a1acny.xn--p1ai'],
    ['a@shop.xn--fiqs8s', 'a@shop.xn--fiqs8s'],
    ['a@shop.中国', 'a@shop.xn--fiqs8s'],
    ['a@münchen.example', 'a@xn--mnchen-3ya.example'],
    ['a@MÜNCHEN.example', 'a@xn--mnchen-3ya.example'],
    ['a@mu\u0308nchen.example', 'a@xn--mnchen-3ya.example'],
    ['a@shop。中国', 'a@shop.xn--fiqs8s'],
    ['a@ｅｘａｍｐｌｅ.org', 'a@example.org'],
  ])('%s is kept as %s', (typed, kept) => {
    expect(email.parse(typed)).toBe(kept);
  });

  it.each([
    'ann',
    '@example.org',
    'ann@',
    'ann@example',
    'ann@@example.org',
    'a b@example.org',
    '.ann@example.org',
    'ann.@example.org',
    'a..b@example.org',
    'ann@example..org',
    'ann@-example.org',
    'ann@example-.org',
    'ann@example.org.',
    'ann@exa mple.org',
    'ann@example.org/path',
    'ann@example.org:25',
    'ann@127.0.0.1',
    'ann@0x7f.1',
    'ann@[127.0.0.1]',
    'ann@exam\u00ADple.org',
    'ann\n@example.org',
    `${'a'.repeat(65)}@example.org`,
    `ann@${'a'.repeat(64)}.org`,
    `ann@${'ü'.repeat(60)}.org`,
    `a@${'b.'.repeat(130)}org`,
  ])('%j is refused', (typed) => {
    expect(email.safeParse(typed).error?.issues[0]).toMatchObject({
      code: expect.stringMatching(/invalid_format|too_big/),
    });
  });

  it('is unchanged when it is normalized again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.domain(), (local, domain) => {
        const kept = email.safeParse(`${local}@${domain}`).data;
        if (kept !== undefined) expect(email.parse(kept)).toBe(kept);
      }),
    );
  });
});
