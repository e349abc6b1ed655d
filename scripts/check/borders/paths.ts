/** Names for parts of the repository, as tests on a path. */

export const isTest = (path: string) => /\.test\.tsx?$|(^|\/)test\//.test(path);

/** Part of what is shipped: a package's source without its tests. */
export const isProduct = (path: string) => /^packages\/[^/]+\/src\//.test(path) && !isTest(path);

/** Programs for a terminal inside the product. */
export const isCommandLine = (path: string) => /^packages\/[^/]+\/src\/(cli|demo)\//.test(path);

export const isStore = (path: string) => /(^|[/.-])store\.ts$/.test(path);

/** Decides by its arguments alone. */
export const isPure = (path: string) => /(^|[/.-])(policy|machine|present)\.ts$/.test(path);

/** The package folder of a path, such as `packages/server`. */
export const packageOf = (path: string) => /^(packages\/[^/]+)\//.exec(path)?.[1];

/** The feature of a path, such as `chat`. */
export const moduleOf = (path: string) => /^packages\/server\/src\/modules\/([^/]+)\//.exec(path)?.[1];

/** The folder of the server's platform that a path lies in, such as `mail`. */
export const platformPartOf = (path: string) => /^packages\/server\/src\/platform\/([^/]+)\//.exec(path)?.[1];

/** Whether a path lies in one of these folders of the server's platform. */
export const isPlatform = (path: string, ...parts: string[]) => {
  const part = /^packages\/server\/src\/platform\/([^/]+)/.exec(path)?.[1];
  return part !== undefined && (parts.length === 0 || parts.includes(part));
};

export const isApp = (path: string) => /^packages\/server\/src\/app(\.ts$|\/)/.test(path);
