import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../packages/server/src/config.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, 'deploy', file), 'utf8');

/** Keys of the environment that a file sets, with the values that it sets. */
const settings: Record<string, (text: string) => Record<string, string>> = {
  Dockerfile: (text) => pairs(/^ENV (.*)$/m.exec(text)?.[1] ?? '', /([A-Z_]+)=(\S+)/g),
  'compose.yaml': (text) =>
    pairs(
      /environment: &node-environment\n((?: {4}.*\n)+)/
        .exec(text)?.[1]
        ?.replaceAll(/\$\{[A-Z_]+(:-)?[^}]*\}/g, (_, optional) => (optional ? '' : 'example.org')) ?? '',
      /^ *([A-Z_]+): (.*)$/gm,
    ),
  'kubernetes/atrium.yaml': (text) => pairs(text, /\{ name: ([A-Z_]+), value: '?([^' ]+)'? \}/g),
  '../docs/operations.md': (text) =>
    pairs(/^cat > \/opt\/atrium\/\.env <<END\n([^`]+?)\nEND$/m.exec(text)?.[1] ?? '', /^([A-Z_]+)=(.*)$/gm),
  'pm2.config.cjs': (text) => pairs(/env: \{(.*)\}/.exec(text)?.[1] ?? '', /([A-Z_]+): '?([^', ]+)/g),
};

function pairs(text: string, pattern: RegExp): Record<string, string> {
  return Object.fromEntries([...text.matchAll(pattern)].map(([, key = '', value = '']) => [key, value]));
}

describe('deploy/', () => {
  it.each(Object.keys(settings))('sets in %s only what the program reads, to what it takes', (file) => {
    const asked = new Set(['NODE_ENV']);
    const found = settings[file]?.(read(file)) ?? {};
    expect(Object.keys(found).length).toBeGreaterThan(0);
    readConfig(
      new Proxy(found, {
        get(target, key) {
          asked.add(String(key));
          return target[String(key)];
        },
      }),
    );
    expect(Object.keys(found).filter((key) => !asked.has(key))).toEqual([]);
  });

  it('asks only for health pages that there are', () => {
    const files = readdirSync(path.join(root, 'deploy'), { recursive: true, withFileTypes: true });
    const texts = files
      .filter((file) => file.isFile())
      .map((file) => readFileSync(path.join(file.parentPath, file.name), 'utf8'));
    const pages = new Set(texts.flatMap((text) => text.match(/\/health\/\w+/g) ?? []));
    expect([...pages].sort()).toEqual(['/health/live', '/health/ready']);
  });

  it('copies the manifest of every package into the image', () => {
    const { workspaces } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      workspaces: string[];
    };
    const copied = [...read('Dockerfile').matchAll(/^COPY (\S+)\/package\.json /gm)].map(([, folder]) => folder);
    expect(copied.sort()).toEqual([...workspaces].sort());
  });
});
