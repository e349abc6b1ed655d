import { describe, expect, it } from 'vitest';
import { sizeComplaints, wordComplaints } from './house-rules.ts';

describe('size', () => {
  it('stops at 400 lines of code', () => {
    expect(sizeComplaints('a.ts', 'x\n'.repeat(400))).toEqual([]);
    expect(sizeComplaints('a.ts', 'x\n'.repeat(401))).toEqual([
      'a.ts has 401 lines, more than 400: split it by what it does',
    ]);
  });

  it('does not measure prose', () => {
    expect(sizeComplaints('docs/a.md', 'x\n'.repeat(401))).toEqual([]);
  });
});

describe('words', () => {
  const conflict = '<'.repeat(7);
  const bad = [
    `// ${'TO'}DO later`,
    `${'FIX'}ME`,
    `const file = '/${'root'}/secret';`,
    `see /${'home'}/anna/notes`,
    `${conflict} HEAD`,
    `-----${'BEGIN'} RSA PRIVATE KEY-----`,
    `https://${'registry'}.example.org/x`,
  ];
  it.each(bad)('refuses %s', (line) => {
    expect(wordComplaints('a.ts', `fine\n${line}`)).toEqual([expect.stringMatching(/^a\.ts:2 has /)]);
  });

  it.each(['a to-do list', 'GET /homework/', 'https://example.org/work/', '======', 'task/work/x'])(
    'lets %s pass',
    (line) => {
      expect(wordComplaints('a.ts', line)).toEqual([]);
    },
  );
});
