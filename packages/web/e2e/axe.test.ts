import AxeBuilder from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { inBrowser, type Visitor } from './people.ts';
import { see } from './see.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const OUTSIDE = ['/sign-in', '/sign-up', '/forgot-password', '/reset-password#token=x', '/reopen-sign-in'];
const INSIDE = [
  '/today',
  '/inbox',
  '/join',
  '/new-workspace',
  '/verify-email',
  '/account/profile',
  '/account/appearance',
  '/account/security',
  '/account/devices',
  '/account/tokens',
  '/account/data',
];
const OF_WORKSPACE = ['general', 'people', 'invites', 'bots', 'retention'];

/** What axe finds on a page, in words. */
async function violations({ page }: Visitor, path: string): Promise<string[]> {
  await see(page.locator('h1').first()).toBeVisible();
  const { violations: found } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html }) => `${path} ${id}: ${target.join(' ')} ${html}`),
  );
}

it.each(['light', 'dark'] as const)(
  'has no page in the %s theme that keeps somebody out',
  async (colorScheme) => {
    await inBrowser(async ({ server, visit }) => {
      const found: string[] = [];
      const look = async (visitor: Visitor, paths: readonly string[]) => {
        for (const path of paths) {
          await visitor.page.goto(server.origin + path);
          found.push(...(await violations(visitor, path)));
        }
      };
      const stranger = await visit('Stranger', { colorScheme });
      await look(stranger, ['/welcome']);
      const person = await server.person('Ann');
      const { id } = await person.call('workspaces.create', { name: 'Garden' });
      await look(stranger, OUTSIDE);
      const ann = await visit('Ann', { colorScheme });
      await ann.signIn(person);
      await look(ann, INSIDE);
      await look(ann, [...OF_WORKSPACE.map((part) => `/w/${id}/settings/${part}`), `/w/${id}/files`]);
      expect(found).toEqual([]);
    });
  },
  180_000,
);
