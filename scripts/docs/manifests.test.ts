import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { DCLinter } from 'dclint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');
const compiler = path.join(root, 'node_modules/typescript/bin/tsc');

/** Where each kind of the manifests is in kubernetes-types, which has the types of Kubernetes' OpenAPI document. */
const MODULES: Readonly<Record<string, string>> = {
  'apps/v1': 'apps/v1',
  'networking.k8s.io/v1': 'networking/v1',
  'policy/v1': 'policy/v1',
  v1: 'core/v1',
};

let scratch: string;
beforeAll(async () => {
  const cache = path.join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  // Within the repository, so that the types are found.
  scratch = await mkdtemp(path.join(cache, 'manifests-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

/** The errors of the compiler for objects that are written as literals: unknown fields, wrong types, missing ones. */
async function faultsOf(yaml: string): Promise<string[]> {
  const manifests = parseAllDocuments(yaml).map((document) => document.toJS() as { apiVersion: string; kind: string });
  expect(manifests.map(({ apiVersion }) => MODULES[apiVersion])).not.toContain(undefined);
  const text = manifests.map((manifest, at) => {
    const { apiVersion, kind } = manifest;
    const type = `import('kubernetes-types/${MODULES[apiVersion]}').${kind}`;
    return `export const manifest${at}: ${type} = ${JSON.stringify(manifest)};`;
  });
  const file = path.join(scratch, 'manifests.ts');
  await writeFile(file, text.join('\n'));
  const options = ['--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck', '--module', 'preserve', '--types', ''];
  try {
    await run(process.execPath, [compiler, ...options, file]);
    return [];
  } catch (error) {
    return (error as { stdout: string }).stdout.trim().split('\n');
  }
}

describe('the Kubernetes manifests', () => {
  it('have only fields that Kubernetes knows, of the right types', async () => {
    const yaml = await readFile(path.join(root, 'deploy/kubernetes/atrium.yaml'), 'utf8');
    expect(await faultsOf(yaml)).toEqual([]);
    const controls = [
      ['replicas: 2', 'replicas: two', "'string' is not assignable to type 'number'"],
      ['readinessProbe', 'readyProbe', `'"readyProbe"' does not exist`],
    ] as const;
    for (const [right, wrong, fault] of controls) {
      expect((await faultsOf(yaml.replace(right, wrong))).join('\n'), `control: ${wrong}`).toContain(fault);
    }
  }, 60_000);
});

describe('compose.yaml', () => {
  /** What the schema of the Compose specification says; other rules are a matter of style. */
  async function schemaFaults(text: string): Promise<string[]> {
    const file = path.join(scratch, 'compose.yaml');
    await writeFile(file, text);
    const results = new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] }).lintFiles([file], false);
    expect(results).toHaveLength(1);
    // The types of the package do not resolve.
    const messages: { rule: string; message: string }[] = results.flatMap(
      (result: { messages: { rule: string; message: string }[] }) => result.messages,
    );
    return messages.filter(({ rule }) => rule.startsWith('invalid')).map(({ message }) => message);
  }

  it('follows the Compose specification', async () => {
    const text = await readFile(path.join(root, 'deploy/compose.yaml'), 'utf8');
    expect(await schemaFaults(text)).toEqual([]);
    const faults = await schemaFaults(text.replace('healthcheck:', 'healthchek:'));
    expect(faults, 'control: faults are found').toEqual([expect.stringContaining('additional properties')]);
  });
});
