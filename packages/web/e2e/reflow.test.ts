import AxeBuilder from '@axe-core/playwright';
import type { BrowserContextOptions, Page } from '@playwright/test';
import { expect, it } from 'vitest';
import { lostInForcedColors } from './forced-colors.ts';
import { hiddenControls, layoutFaults, setTextSize, spaceText } from './layout.ts';
import { openPage } from './open-page.ts';
import { inBrowser } from './people.ts';
import { fillWithDemo, openAccount, PERSON } from './screens/demo.ts';
import { INSIDE } from './screens/pages.ts';
import { see } from './see.ts';
import { signInByCookie } from './sign-in.ts';

const SMALL = { width: 390, height: 844 };
const LARGE = { width: 1280, height: 900 };
const BY_TOUCH = { viewport: SMALL, hasTouch: true, isMobile: true };

/** Looks at every page of a workspace that people have worked in. Expects that nothing is found on any. */
async function onEveryPage(
  options: BrowserContextOptions,
  find: (page: Page) => Promise<readonly string[]>,
): Promise<void> {
  await inBrowser(async ({ server, visit }) => {
    const places = await fillWithDemo(await openAccount(server));
    const { context, page } = await visit(PERSON.name, options);
    await signInByCookie(context, server.origin, PERSON);
    const found: string[] = [];
    for (const { name, path } of INSIDE) {
      await page.setViewportSize(SMALL);
      await openPage(page, server.origin + path(places));
      found.push(...(await find(page)).map((fault) => `${name}, ${fault}`));
    }
    expect(found).toEqual([]);
  });
}

/** Screens and texts of people who need them larger, by the criterion of WCAG 2.2 that speaks of them. */
async function faultsWhenLarger(page: Page): Promise<string[]> {
  const found: string[] = [];
  const look = async (when: string) => {
    found.push(...(await layoutFaults(page)).map((fault) => `${when}: ${fault}`));
  };
  await page.setViewportSize({ width: 320, height: 512 });
  await look('1.4.10, 320 px, as at a zoom of 400 %');
  await page.setViewportSize({ width: 640, height: 512 });
  await look('1.4.4, at a zoom of 200 %');
  await page.setViewportSize(LARGE);
  await setTextSize(page, '200%');
  await look('1.4.4, text of twice the size');
  await setTextSize(page, '');
  await page.setViewportSize(SMALL);
  await spaceText(page);
  await look('1.4.12, text widely spaced');
  return found;
}

/** What people who touch the screen cannot reach. */
async function faultsByTouch(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withRules(['target-size']).analyze();
  const small = violations.flatMap(({ nodes }) => nodes.map(({ html }) => `too small to touch: ${html}`));
  return [...(await hiddenControls(page)).map((name) => `only under a pointer: ${name}`), ...small];
}

async function faultsInForcedColors(page: Page): Promise<string[]> {
  const small = await lostInForcedColors(page);
  await page.setViewportSize(LARGE);
  const lost = new Set([...small, ...(await lostInForcedColors(page))]);
  return [...lost].map((fault) => `in forced colours: ${fault}`);
}

it('can be used by touch, read enlarged and widely spaced, and in forced colours', async () => {
  await onEveryPage(BY_TOUCH, async (page) => [
    ...(await faultsByTouch(page)),
    ...(await faultsInForcedColors(page)),
    ...(await faultsWhenLarger(page)),
  ]);
}, 480_000);

it('has by touch what messages and cards offer a pointer', async () => {
  await inBrowser(async ({ server, visit }) => {
    const places = await fillWithDemo(await openAccount(server));
    const { context, page } = await visit(PERSON.name, BY_TOUCH);
    await signInByCookie(context, server.origin, PERSON);
    await page.goto(`${server.origin}/c/${places.general}`);
    const message = page.getByRole('article').filter({ hasText: 'Fleece is in the tunnel' });
    await message.getByText('Fleece is in the tunnel').tap();
    await message.getByRole('button', { name: 'React' }).tap();
    await see(page.getByRole('dialog')).toBeVisible();
    await page.goto(`${server.origin}/w/${places.workspace}/tasks?view=board`);
    const card = (column: string) =>
      page.locator(`[data-column="${column}"]`).getByRole('listitem', { name: 'Write the newsletter' });
    await card('todo').getByRole('button', { name: 'Move to…' }).tap();
    await page.getByRole('menuitemradio', { name: 'In progress' }).tap();
    await see(card('in-progress')).toBeAttached();
  });
}, 120_000);
