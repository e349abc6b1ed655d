import { expect, it } from 'vitest';
import { loadScalarScript } from './scalar-script.ts';

it('is the program that the page of the reference starts', async () => {
  const script = await loadScalarScript();
  expect(script.length).toBeGreaterThan(1_000_000);
  expect(script).toContain('window.Scalar={createApiReference:');
});
