import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { renderFirstSteps } from '../../packages/server/src/pages/first-steps.ts';
import { fencesOf } from './markdown.ts';

const root = path.resolve(import.meta.dirname, '../..');
const guides = readdirSync(path.join(root, 'docs/guides')).map((name) => `docs/guides/${name}`);
const documents = ['README.md', ...guides].map((name) => ({
  name,
  text: fencesOf(readFileSync(path.join(root, name), 'utf8'))
    .filter(({ language }) => language === 'sh')
    .map(({ text }) => text)
    .join('\n'),
}));
const firstSteps = {
  name: 'the page of first steps',
  text: renderFirstSteps({ appUrl: 'http://localhost:3000', mailbox: true }),
};

it('opens each account in one document only, so that they can be followed one after another', () => {
  const uses = [...documents, firstSteps].flatMap(({ name, text }) =>
    [...new Set(text.match(/[\w.]+@example\.org/g))].map((address) => ({ name, address })),
  );
  expect(new Set(uses.map(({ name }) => name)).size).toBeGreaterThanOrEqual(3);
  const byAddress = Object.groupBy(uses, ({ address }) => address);
  expect(Object.values(byAddress).filter((same) => (same ?? []).length > 1)).toEqual([]);
});
