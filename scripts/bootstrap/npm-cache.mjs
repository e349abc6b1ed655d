import { accessSync, constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

/**
 * Where npm can keep what it downloads. A service account often has no home of its own; it gets a folder that lasts
 * as long as the install.
 * @returns {{ env: Record<string, string>, remove: () => void }} what to add to npm's environment
 */
export function usableCache() {
  const usual = process.env.npm_config_cache ?? path.join(homedir(), '.npm');
  try {
    mkdirSync(usual, { recursive: true });
    accessSync(usual, constants.W_OK);
    return { env: {}, remove: () => {} };
  } catch {
    const folder = mkdtempSync(path.join(tmpdir(), 'atrium-npm-'));
    return { env: { npm_config_cache: folder }, remove: () => rmSync(folder, { recursive: true, force: true }) };
  }
}
