/** Names of modules that are also plain technical terms, and of things that modules own under other names. */
const TECHNICAL = new Set([
  'admin',
  'backups',
  'files',
  'identity',
  'imports',
  'notifications',
  'orders',
  'search',
  'slash',
  'streams',
  'tasks',
  'timers',
]);
const THINGS = ['conversation'];

/**
 * The words that the platform must not use.
 * @param modules names of the server's modules
 */
export function productWords(modules: readonly string[]): string[] {
  const names = modules.filter((name) => !TECHNICAL.has(name)).map((name) => name.replace(/s$/, ''));
  return [...new Set([...names, ...THINGS])].sort();
}

/**
 * Complaints about files of the platform that name what only a module knows, in code or in a comment: the platform works
 * for any product. Tests may need an example.
 */
export function productWordComplaints(path: string, text: string, words: readonly string[]): string[] {
  if (!/^packages\/server\/src\/platform\/.*\.ts$/.test(path) || /\.test\.ts$|\/test\//.test(path)) return [];
  const pattern = new RegExp(words.join('|'), 'i');
  return text.split('\n').flatMap((line, at) => {
    const word = pattern.exec(line)?.[0];
    if (word === undefined) return [];
    return [
      `${path}:${at + 1} says "${word}" - the platform knows no product: let a module or the contract say it; a module whose name is also a technical term is listed in scripts/check/product-words.ts`,
    ];
  });
}
