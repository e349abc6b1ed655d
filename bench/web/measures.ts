import type { profile } from '../../packages/web/e2e/sign-in.ts';
import type { Room } from './crowd.ts';

type Page = Awaited<ReturnType<typeof profile>>['page'];

const KEY_EVERY_MS = 70;
const SETTLE_MS = 250;
const COMPOSER = 'textarea[placeholder]';

/** Collects in the page how long something took until the frame that shows it was drawn. */
function install(): void {
  const measured: number[] = [];
  const afterFrame = (then: (at: number) => void) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      // A message comes after the frame, when the pixels are on their way.
      port1.onmessage = () => then(performance.now());
      port2.postMessage(undefined);
    });
  addEventListener(
    'keydown',
    (event) => {
      if (event.key.length === 1) afterFrame((at) => measured.push(at - event.timeStamp));
    },
    true,
  );
  const isInSight = (article: Element, scroller: DOMRect) => {
    const { bottom, height, top } = article.getBoundingClientRect();
    return height > 0 && bottom > scroller.top && top < scroller.bottom;
  };
  const isShown = (name: string) =>
    [...document.querySelectorAll('[role=feed]')].some((feed) => {
      const scroller = feed.parentElement?.getBoundingClientRect();
      const isOf = feed.getAttribute('aria-label')?.endsWith(`#${name}`);
      return isOf && scroller && [...feed.querySelectorAll('article')].some((each) => isInSight(each, scroller));
    });
  addEventListener(
    'click',
    (event) => {
      const name = (event.target as Element).closest('a[href^="/c/"]')?.querySelector('bdi')?.textContent;
      if (!name) return;
      const look = () => {
        if (isShown(name)) afterFrame((at) => measured.push(at - event.timeStamp));
        else requestAnimationFrame(look);
      };
      look();
    },
    true,
  );
  Object.assign(window, { takeMeasured: () => measured.splice(0) });
}

const taken = (page: Page) => page.evaluate<number[]>('takeMeasured()');

/** Opens a conversation. @returns the time until its last message is drawn and the composer takes keys, in ms */
export async function openCold(page: Page, address: string): Promise<number> {
  await page.addInitScript(install);
  await page.goto(address, { waitUntil: 'commit' });
  return page.evaluate(
    (composer) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const isUsable = document.querySelector('[role=feed] article') && document.querySelector(composer);
          if (!isUsable) return void requestAnimationFrame(look);
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
        };
        look();
      }),
    COMPOSER,
  );
}

/** Types into the composer. @returns the time from each key to the frame that shows it, in ms */
export async function typeKeys(page: Page, count: number): Promise<number[]> {
  await page.locator(COMPOSER).first().click();
  await taken(page);
  const words = 'the quick brown fox jumps over the lazy dog ';
  await page.keyboard.type(words.repeat(Math.ceil(count / words.length)).slice(0, count), { delay: KEY_EVERY_MS });
  await page.waitForTimeout(SETTLE_MS);
  await page.locator(COMPOSER).first().fill('');
  return taken(page);
}

/** Opens conversations one after the other. @returns the time from each click to the frame that shows its messages, in ms */
export async function openEach(page: Page, rooms: readonly Room[]): Promise<number[]> {
  await taken(page);
  for (const { id, name } of rooms) {
    await page.locator(`nav a[href="/c/${id}"]`).click();
    await page.locator(`[role=feed][aria-label$="#${name}"] article`).first().waitFor();
    await page.waitForTimeout(SETTLE_MS);
  }
  return taken(page);
}

/** Goes to and fro between two conversations, both of which were opened before. @returns as {@link openEach} */
export async function switchBetween(page: Page, [one, other]: readonly [Room, Room], count: number): Promise<number[]> {
  await openEach(page, [other, one]);
  return openEach(
    page,
    Array.from({ length: count }, (_, at) => (at % 2 === 0 ? other : one)),
  );
}
