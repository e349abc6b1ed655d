import { expect, it } from 'vitest';
import { cycles } from './cycles.ts';
import { readSource } from './source-file.ts';

const files = (texts: Record<string, string>) => Object.entries(texts).map(([path, text]) => readSource(path, text));

it('finds a cycle over several files, whichever file comes first', () => {
  const loop = { 'a.ts': "import './b.ts';", 'b.ts': "export * from './c.ts';", 'c.ts': "import('./a.ts');" };
  expect(cycles(files(loop))).toEqual(['import cycle: a.ts -> b.ts -> c.ts -> a.ts']);
  expect(cycles(files({ 'z.ts': "import './c.ts';", ...loop }))).toHaveLength(1);
});

it('counts imports of types and a file that imports itself', () => {
  expect(
    cycles(files({ 'a.ts': "import type { B } from './b.ts';", 'b.ts': "import { a } from './a.ts';" })),
  ).toHaveLength(1);
  expect(cycles(files({ 'a.ts': "import './a.ts';" }))).toHaveLength(1);
});

it('lets two ways lead to the same file', () => {
  expect(
    cycles(files({ 'a.ts': "import './b.ts';\nimport './c.ts';", 'b.ts': "import './c.ts';", 'c.ts': '' })),
  ).toEqual([]);
});
