import type { SourceFile } from './source-file.ts';

/**
 * Import cycles, one complaint for each group of files that reach each other. Imports of types count: two files that
 * need each other's types are one idea in two places.
 */
export function cycles(files: SourceFile[]): string[] {
  const edges = new Map(files.map((file) => [file.path, file.imports.flatMap(({ file: target }) => target ?? [])]));
  const done = new Set<string>();
  const found: string[] = [];
  const trail: string[] = [];

  const visit = (path: string) => {
    const at = trail.indexOf(path);
    if (at >= 0) {
      found.push([...trail.slice(at), path].join(' -> '));
      return;
    }
    if (done.has(path)) return;
    done.add(path);
    trail.push(path);
    for (const target of edges.get(path) ?? []) visit(target);
    trail.pop();
  };
  for (const path of edges.keys()) visit(path);
  return found.map((cycle) => `import cycle: ${cycle}`);
}
