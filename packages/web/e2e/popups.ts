import type { Locator, Page } from '@playwright/test';
import type { Step } from './screens/popups.ts';
import { see } from './see.ts';

/** What is used to open popups, in the order of the page: the same in every language. */
const CONTROLS = 'a[href], button, [role^="menuitem"], article';
const DIALOG = 'dialog, [role="dialog"], [role="alertdialog"]';
const POPUP = `${DIALOG}, [role="menu"]`;
/** A popup closes what is below it last: a menu, the dialog it is in, the side bar over the page. */
const MAX_DEPTH = 4;

const shown = (page: Page, what: string): Locator => page.locator(what).filter({ visible: true });

async function use(control: Locator, { key }: Step): Promise<void> {
  if (key === undefined) return control.click();
  await control.focus();
  await control.press(key);
}

async function untilOpen(page: Page, steps: readonly Step[]): Promise<void> {
  const isFromMenu = steps.at(-1)?.role === 'menuitem';
  await shown(page, isFromMenu ? DIALOG : POPUP)
    .first()
    .waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate(async () => {
    const moving = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
    await Promise.allSettled(moving.map(({ finished }) => finished));
  });
}

/** Opens a popup of a page in English. @returns the places of the controls it used, for pages in other languages */
export async function openPopup(page: Page, steps: readonly Step[]): Promise<number[]> {
  const places: number[] = [];
  for (const step of steps) {
    const { role, name } = step;
    const control = page.getByRole(role, { name, exact: typeof name === 'string' }).filter({ visible: true });
    const place = (element: Element, all: string) => [...document.querySelectorAll(all)].indexOf(element);
    places.push(await control.first().evaluate(place, CONTROLS));
    await use(control.first(), step);
  }
  await untilOpen(page, steps);
  return places;
}

/** Opens the same popup where the controls are named in another language. */
export async function openSamePopup(page: Page, steps: readonly Step[], places: readonly number[]): Promise<void> {
  try {
    for (const [at, step] of steps.entries()) await use(page.locator(CONTROLS).nth(places[at] ?? -1), step);
    await untilOpen(page, steps);
  } catch (cause) {
    throw new Error(`${steps.map(({ name }) => name).join(', ')} does not open on ${page.url()}`, { cause });
  }
}

/** Closes by Escape whatever is open over the page. */
export async function closePopups(page: Page): Promise<void> {
  for (let depth = 0; depth < MAX_DEPTH; depth += 1) {
    await page.keyboard.press('Escape');
    await page.waitForTimeout(50);
  }
  await see(shown(page, POPUP)).toHaveCount(0);
}
