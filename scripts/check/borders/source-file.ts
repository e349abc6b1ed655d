import { posix } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

/** One import, re-export or dynamic import of a file. */
export interface Import {
  /** As written. */
  specifier: string;
  /** The imported file, relative to the repository, if the specifier is relative. */
  file?: string;
  /** The name of the imported package, if it is one; `node:fs` and the like are `node:`. */
  package?: string;
  /** Imported names; `*` for a namespace, an `export *` or a dynamic import. */
  names: string[];
  /** Nothing of it is left at run time. */
  typeOnly: boolean;
  line: number;
}

/** What the borders care about apart from imports. */
export type UseKind = 'environment' | 'clock' | 'waiting';

/** A source file reduced to what the borders are about. */
export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  path: string;
  imports: Import[];
  uses: { kind: UseKind; line: number; text: string }[];
}

/**
 * Reads one file.
 * @param path relative to the repository; its extension decides the dialect
 * @throws Error if the text is not valid TypeScript or JavaScript
 */
export function readSource(path: string, text: string): SourceFile {
  const { program, module, errors } = parseSync(path, text);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  const imports: Import[] = [];
  const add = (specifier: string, names: string[], typeOnly: boolean, offset: number) =>
    imports.push({ specifier, ...resolve(path, specifier), names, typeOnly, line: lineAt(offset) });

  for (const { moduleRequest, entries, start } of module.staticImports) {
    const names = entries.map(({ importName }) => importName.name ?? (importName.kind === 'Default' ? 'default' : '*'));
    add(moduleRequest.value, names, entries.length > 0 && entries.every((entry) => entry.isType), start);
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, importName, isType, start } of entries) {
      if (moduleRequest) add(moduleRequest.value, [importName.name ?? '*'], isType, start);
    }
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const literal = /^(['"`])(.*)\1$/s.exec(text.slice(moduleRequest.start, moduleRequest.end));
    if (literal?.[2] !== undefined) add(literal[2], ['*'], false, start);
  }

  const uses: SourceFile['uses'] = [];
  const use = (kind: UseKind, { start, end }: { start: number; end: number }) =>
    uses.push({ kind, line: lineAt(start), text: text.slice(start, Math.min(end, start + 40)).split('\n')[0] ?? '' });
  const asynchronous = (node: { async: boolean; start: number; end: number }) => node.async && use('waiting', node);
  new Visitor({
    MemberExpression(node) {
      if (node.computed || node.property.type !== 'Identifier') return;
      const owner = nameOf(node.object);
      const property = node.property.name;
      if (owner === 'process' && property === 'env') use('environment', node);
      if (CLOCK_READS.has(`${owner}.${property}`)) use('clock', node);
    },
    NewExpression(node) {
      if (nameOf(node.callee) === 'Date' && node.arguments.length === 0) use('clock', node);
    },
    CallExpression(node) {
      if (nameOf(node.callee) === 'Date') use('clock', node);
    },
    AwaitExpression: (node) => void use('waiting', node),
    FunctionDeclaration: (node) => void asynchronous(node),
    FunctionExpression: (node) => void asynchronous(node),
    ArrowFunctionExpression: (node) => void asynchronous(node),
  }).visit(program);
  for (const { specifier, names, line } of imports) {
    const direct = /^(node:)?process$/.test(specifier) && names.includes('env');
    if (direct) uses.push({ kind: 'environment', line, text: `env from '${specifier}'` });
  }
  return { path, imports, uses };
}

const CLOCK_READS = new Set([
  'Date.now',
  'DateTime.now',
  'DateTime.utc',
  'DateTime.local',
  'Temporal.Now',
  'performance.timeOrigin',
]);

/** `x` of both `x` and `globalThis.x`. */
function nameOf(node: { type: string; name?: unknown; property?: unknown }): string {
  if (node.type === 'Identifier') return String(node.name);
  if (node.type !== 'MemberExpression') return '';
  const property = node.property as { type: string; name?: unknown };
  return property.type === 'Identifier' ? String(property.name) : '';
}

function resolve(from: string, specifier: string): { file: string } | { package: string } {
  if (specifier.startsWith('.')) return { file: posix.join(posix.dirname(from), specifier) };
  if (specifier.startsWith('node:')) return { package: 'node:' };
  const [scope = '', name = ''] = specifier.split('/');
  return { package: scope.startsWith('@') ? `${scope}/${name}` : scope };
}
