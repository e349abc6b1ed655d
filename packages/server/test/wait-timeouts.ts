import { vi } from 'vitest';

/** A test waits for what normally happens immediately; only a very busy machine may take this long. */
const PATIENCE_MS = 20_000;

const { waitFor } = vi;

/** Vitest's default of a second is too short for a busy machine. */
vi.waitFor = (check, options) => {
  const given = typeof options === 'number' ? { timeout: options } : options;
  return waitFor(check, { timeout: PATIENCE_MS, ...given });
};
