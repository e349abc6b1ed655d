import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';
import { isProduct, isStore, moduleOf } from './paths.ts';

/** Writes a whole batch of messages with its events in one statement; the log is the platform's. */
const GROUP_COMMIT_WRITER = 'packages/server/src/modules/chat/messages/message-writer-store.ts';

/** A table as a file declares or names it. */
interface Mention {
  table: string;
  path: string;
  line: number;
}

/**
 * Every table that a store names although another feature owns it. A feature owns the tables whose rows it declares in
 * `interface Tables`; others call its functions or read a view that a migration creates.
 * @param root the repository
 * @param paths its files, relative; all of them, since tables are declared anywhere
 */
export function tableComplaints(root: string, paths: readonly string[]): string[] {
  const read = (path: string) => ({ path, text: readFileSync(join(root, path), 'utf8') });
  const migrations = paths.filter((path) => /^packages\/server\/migrations\/.*\.sql$/.test(path));
  const sources = paths.filter((path) => /^packages\/server\/src\/.*\.ts$/.test(path) && isProduct(path));
  return foreignTables(
    migrations.map((path) => read(path).text),
    sources.map(read),
  );
}

/** The same for texts. */
export function foreignTables(
  migrations: readonly string[],
  sources: readonly { path: string; text: string }[],
): string[] {
  const created = tablesOf(migrations);
  const declared = sources.flatMap(({ path, text }) => declarationsIn(path, text));
  const owners = new Map(declared.map(({ table, path }) => [table, ownerOf(path)]));
  const unknown = declared
    .filter(({ table }) => !created.has(table))
    .map(({ table, path, line }) => `${path}:${line} declares ${table}: no migration creates that table`);
  const doubles = declared
    .filter(({ table, path }) => owners.get(table) !== ownerOf(path))
    .map(({ table, path, line }) => `${path}:${line} declares ${table}: ${owners.get(table)} does so too`);
  const orphans = [...created]
    .filter((table) => !owners.has(table))
    .map((table) => `table ${table} has no owner: declare its row in interface Tables of the feature that it is of`);
  const foreign = sources
    .filter(({ path }) => isStore(path) && path !== GROUP_COMMIT_WRITER)
    .flatMap(({ path, text }) => namesIn(path, text, created))
    .filter(({ table, path }) => owners.get(table) !== ownerOf(path))
    .map(
      ({ table, path, line }) =>
        `${path}:${line} names table ${table} of ${owners.get(table)}: call its functions, or read a view of a migration`,
    );
  return [...unknown, ...doubles, ...orphans, ...foreign];
}

/** The platform owns its tables as one. */
function ownerOf(path: string): string {
  return moduleOf(path) ?? 'platform';
}

function tablesOf(migrations: readonly string[]): Set<string> {
  const tables = new Set<string>();
  for (const text of migrations) {
    for (const [, verb, name = ''] of text.matchAll(/^\s*(create|drop) table (?:if (?:not )?exists )?(\w+)/gim)) {
      if (verb?.toLowerCase() === 'create') tables.add(name);
      else tables.delete(name);
    }
  }
  return tables;
}

/** The tables in `interface Tables` of a file. */
function declarationsIn(path: string, text: string): Mention[] {
  if (!text.includes('interface Tables')) return [];
  const found: Mention[] = [];
  new Visitor({
    TSInterfaceDeclaration(node) {
      if (node.id.name !== 'Tables') return;
      for (const member of node.body.body) {
        if (member.type === 'TSPropertySignature' && member.key.type === 'Identifier') {
          found.push({ table: member.key.name, path, line: lineAt(text, member.start) });
        }
      }
    },
  }).visit(parseSync(path, text).program);
  return found;
}

/** The tables that statements of a file name: behind a word of SQL, or as the whole of a string of the query builder. */
function namesIn(path: string, text: string, tables: ReadonlySet<string>): Mention[] {
  const found: Mention[] = [];
  const look = (pattern: RegExp, value: string, offset: number) => {
    for (const match of value.matchAll(pattern)) {
      const table = match[1] ?? '';
      if (tables.has(table)) found.push({ table, path, line: lineAt(text, offset + match.index) });
    }
  };
  new Visitor({
    TemplateElement: (node) => look(IN_SQL, node.value.raw.replaceAll(/--.*/g, blank), node.start),
    Literal(node) {
      if (typeof node.value === 'string') look(IN_BUILDER, node.value, node.start);
    },
  }).visit(parseSync(path, text).program);
  return found;
}

const IN_SQL = /\b(?:from|join|into|update|using|table|lateral)\s+(\w+)/gi;
const IN_BUILDER = /^(\w+)(?: as \w+)?$/g;

const blank = (match: string) => ' '.repeat(match.length);
const lineAt = (text: string, offset: number) => text.slice(0, offset).split('\n').length;
