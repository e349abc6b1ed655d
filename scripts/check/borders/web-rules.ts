import { isProduct } from './paths.ts';
import type { Rule } from './rule.ts';

/** The part of the web app that a path belongs to, such as `live`, `ui` or `features/chat`. */
const partOf = (path: string) =>
  /^packages\/web\/src\/(features\/[^/]+|[^/]+)\//.exec(path)?.[1] ??
  (path.startsWith('packages/web/src/') ? 'boot' : undefined);

const isIn = (path: string, ...parts: string[]) => isProduct(path) && parts.includes(partOf(path) ?? '');
const isWeb = (path: string) => isProduct(path) && partOf(path) !== undefined;

/** A library that only some parts of the app may know. Types may be imported anywhere. */
function onlyIn(packages: RegExp, parts: readonly string[], instead: string): Rule {
  return {
    name: `web: ${packages.source} only in ${parts.join(', ')}`,
    instead,
    refusesImport: (wanted, path) =>
      isWeb(path) && !wanted.typeOnly && packages.test(wanted.package ?? '') && !isIn(path, ...parts),
  };
}

/** The borders inside packages/web. */
export const WEB_RULES: Rule[] = [
  {
    name: 'web knows only client and protocol',
    instead: 'talk to the server through @atrium/client',
    refusesImport: (wanted, path) =>
      isWeb(path) && /^(node:|@atrium\/(?!client$|protocol$).*)/.test(wanted.package ?? ''),
  },
  onlyIn(/^@atrium\/client$/, ['live'], 'use a hook or command of live/'),
  onlyIn(/^@base-ui\/react$/, ['ui'], 'use a part of ui/, or add one'),
  onlyIn(/^lucide-react$/, ['ui'], 'name the icon in ui/icons.ts'),
  onlyIn(/^@tanstack\/react-router$/, ['app', 'ui'], 'link with ui/link; app/routes.tsx hands addresses to screens'),
  onlyIn(/^@tanstack\/react-query$/, ['live'], 'ask with useOperation of live/'),
  {
    name: 'web: a feature has one face',
    instead: "import the other feature's index.ts",
    refusesImport: ({ file = '' }, path) => {
      const other = partOf(file);
      if (!isWeb(path) || !other?.startsWith('features/') || other === partOf(path)) return false;
      return file !== `packages/web/src/${other}/index.ts`;
    },
  },
  {
    name: 'web: ui and text know no feature and no server',
    instead: 'take it as a property',
    refusesImport: ({ file = '', typeOnly }, path) =>
      isIn(path, 'ui', 'text') && !typeOnly && /^(app|live|features\/.*|boot)$/.test(partOf(file) ?? ''),
  },
  {
    name: 'web: live knows no screen',
    instead: 'let the feature hand it over',
    refusesImport: ({ file = '', typeOnly }, path) =>
      isIn(path, 'live') && !typeOnly && /^(app|features\/.*|ui)$/.test(partOf(file) ?? ''),
  },
];
