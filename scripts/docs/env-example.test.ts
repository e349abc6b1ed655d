import { readFileSync } from 'node:fs';
import path from 'node:path';
import { limits, thingLimits } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../packages/server/src/config.ts';

const text = readFileSync(path.resolve(import.meta.dirname, '../../.env.example'), 'utf8');
const lines = text.split('\n');

interface Entry {
  key: string;
  value: string;
  /** The line shows what a value looks like, not the default. */
  isExample: boolean;
}

/** A paragraph with "For example:" shows examples from there on. */
const entries: Entry[] = lines.flatMap((line, at) => {
  const [, key, value] = /^#([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
  if (key === undefined || value === undefined) return [];
  const paragraph = lines.slice(lines.lastIndexOf('', at) + 1, at);
  return [{ key, value, isExample: paragraph.includes('# For example:') }];
});

/** Every key that the program asks the environment for. */
function keysOfConfig(): string[] {
  const asked = new Set<string>();
  const environment = new Proxy<Record<string, string>>(
    {},
    {
      get(_, key) {
        asked.add(String(key));
        return undefined;
      },
    },
  );
  readConfig(environment);
  return [...asked].sort();
}

describe('.env.example', () => {
  it('sets nothing: every line is a comment', () => {
    expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });

  it('lists every key of the configuration once, and no other', () => {
    const keys = entries.map(({ key }) => key);
    const missing = keysOfConfig().filter((key) => !keys.includes(key));
    expect(missing, 'write a line for each into .env.example').toEqual([]);
    expect(keys.sort(), 'take the others out of .env.example').toEqual(keysOfConfig());
  });

  it('shows values that the program takes', () => {
    // Some go together.
    const examples = Object.fromEntries(entries.map(({ key, value }) => [key, value]));
    expect(() => readConfig(examples)).not.toThrow();
  });

  it('shows the defaults, where it does not say "for example"', () => {
    const defaults = entries.filter(({ key, isExample }) => !isExample && !key.startsWith('LIMIT_'));
    expect(defaults.length).toBeGreaterThan(3);
    expect(readConfig(Object.fromEntries(defaults.map(({ key, value }) => [key, value])))).toEqual(readConfig({}));
  });

  it.each(Object.entries({ ...limits, ...thingLimits }))('shows the limit %s', (name, limit) => {
    const shown = entries.find(({ key }) => key === `LIMIT_${name.toUpperCase()}`);
    expect(shown?.value, `write LIMIT_${name.toUpperCase()} into .env.example`).toBe(
      `${limit.points}/${limit.seconds}`,
    );
  });
});
