import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compile } from './compile.ts';

/** The oldest Node that runs what is published: the one that the tests run on. */
const ENGINES = { node: '>=24' };

interface Manifest {
  name: string;
  version: string;
  exports?: Record<string, string>;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  [key: string]: unknown;
}

/** Where everything lies. */
export interface Places {
  /** The repository. */
  root: string;
  /** Where the packages are put together. */
  staging: string;
}

const manifestOf = (root: string, name: string): Manifest =>
  JSON.parse(readFileSync(path.join(root, 'packages', name, 'package.json'), 'utf8'));

/** What the registry is given of a manifest: nothing for development, and what was compiled in place of the sources. */
export function publishedManifest({ devDependencies: _, private: __, ...manifest }: Manifest): Manifest {
  const compiled = Object.entries(manifest.exports ?? {}).map(([name, source]) => {
    const file = source.replace(/\.ts$/, '');
    return [name, { types: `${file}.d.ts`, default: `${file}.js` }];
  });
  return {
    ...manifest,
    ...(compiled.length === 0 ? {} : { exports: Object.fromEntries(compiled) }),
    engines: ENGINES,
  } as Manifest;
}

/** The contract or the SDK: modules with their types. @returns the folder */
export async function stageLibrary({ root, staging }: Places, name: 'protocol' | 'client'): Promise<string> {
  const target = freshFolder(staging, name);
  await compile(root, {
    source: path.join('packages', name, 'src'),
    target: path.join(target, 'src'),
    declarations: true,
  });
  copyTexts(root, name, target);
  writeManifest(target, publishedManifest(manifestOf(root, name)));
  return target;
}

/**
 * The server: compiled, with its migrations, the web app as it is built, and the contract inside, so that one file is
 * enough.
 * @param libraries folders of the contract and the SDK, which the demo uses
 * @returns the folder
 */
export async function stageServer(
  { root, staging }: Places,
  libraries: Record<'protocol' | 'client', string>,
): Promise<string> {
  const webApp = path.join(root, 'packages/web/dist');
  if (!existsSync(path.join(webApp, 'index.html'))) throw new Error('The web app is not built.');
  const target = freshFolder(staging, 'server');
  await compile(root, { source: 'packages/server/src', target: path.join(target, 'src'), declarations: false });
  cpSync(path.join(root, 'packages/server/migrations'), path.join(target, 'migrations'), { recursive: true });
  cpSync(webApp, path.join(target, 'web'), { recursive: true });
  for (const [name, folder] of Object.entries(libraries)) {
    cpSync(folder, path.join(target, 'node_modules/@atrium', name), { recursive: true });
  }
  cpSync(path.join(root, '.env.example'), path.join(target, '.env.example'));
  writeBin(target);
  copyTexts(root, 'server', target);
  const manifest = publishedManifest(manifestOf(root, 'server'));
  const { dependencies: ofClient } = manifestOf(root, 'client');
  writeManifest(target, {
    ...manifest,
    dependencies: {
      ...manifestOf(root, 'protocol').dependencies,
      ...ofClient,
      ...manifest.dependencies,
    },
    bundleDependencies: Object.keys(libraries).map((name) => `@atrium/${name}`),
  });
  return target;
}

function writeBin(target: string): void {
  mkdirSync(path.join(target, 'bin'));
  const lines = ['#!/usr/bin/env node', '// The `atrium` command.', "await import('../src/cli/main.js');", ''];
  writeFileSync(path.join(target, 'bin/atrium.mjs'), lines.join('\n'), { mode: 0o755 });
}

function freshFolder(staging: string, name: string): string {
  const folder = path.join(staging, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

function copyTexts(root: string, name: string, target: string): void {
  cpSync(path.join(root, 'packages', name, 'README.md'), path.join(target, 'README.md'));
  cpSync(path.join(root, 'LICENSE'), path.join(target, 'LICENSE'));
}

function writeManifest(folder: string, manifest: Manifest): void {
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}
