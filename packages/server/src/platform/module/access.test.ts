import { type AccessRuleSpec, accessRules } from '@atrium/protocol';
import { expect, it } from 'vitest';
import { type AccessLoaders, completeLoaders } from './access.ts';

const deny = () => Promise.reject(new Error('denied'));
const withLoaders = Object.entries(accessRules).flatMap(([rule, { subject }]: [string, AccessRuleSpec]) =>
  subject === null ? [] : [rule],
);
const loadersFor = (rules: readonly string[]) => Object.fromEntries(rules.map((rule) => [rule, deny])) as AccessLoaders;

it('merges the loaders of all modules', () => {
  const [first, ...rest] = withLoaders;
  const loaders = completeLoaders([loadersFor([first!]), undefined, loadersFor(rest)]);
  expect(Object.keys(loaders).toSorted()).toEqual(withLoaders.toSorted());
});

it('names the access rules without a loader', () => {
  const [missing, ...rest] = withLoaders;
  expect(() => completeLoaders([loadersFor(rest)])).toThrow(
    `the access rule ${missing} has no loader. Each rule has one loader, in \`access\` of a module that is listed in packages/server/src/modules.ts.`,
  );
});

it('names the access rules with two loaders', () => {
  const [twice] = withLoaders;
  expect(() => completeLoaders([loadersFor(withLoaders), loadersFor([twice!])])).toThrow(
    `the access rule ${twice} has 2 loaders`,
  );
});
