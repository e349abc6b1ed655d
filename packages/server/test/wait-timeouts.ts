import { vi } from 'vitest';

/** What a test waits for comes at once where it is right; this long only a machine with much else to do may take. */
const PATIENCE_MS = 20_000;

const { waitFor } = vi;

/** Vitest's own second is too short for a busy machine. */
vi.waitFor = (check, options) => {
  const given = typeof options === 'number' ? { timeout: options } : options;
  return waitFor(check, { timeout: PATIENCE_MS, ...given });
};
