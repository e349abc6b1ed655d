import type { Page } from '@playwright/test';
import { expect, it } from 'vitest';
import { garden } from '../garden.ts';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** The height of the keyboard of an iPhone, in CSS pixels. */
const KEYBOARD = 336;

/** The size of the letters of the smallest field where the rules for Safari on iOS apply, in CSS pixels. */
const lettersInSafari = (page: Page) =>
  page.evaluate(() => {
    const all = (rules: CSSRuleList): CSSRule[] =>
      [...rules].flatMap((rule) => [rule, ...('cssRules' in rule ? all(rule.cssRules as CSSRuleList) : [])]);
    const inSafari = [...document.styleSheets]
      .flatMap((sheet) => all(sheet.cssRules))
      .filter((rule) => rule instanceof CSSSupportsRule && rule.conditionText.includes('touch-callout'))
      .flatMap((rule) => [...(rule as CSSSupportsRule).cssRules].map(({ cssText }) => cssText));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`@layer phones { ${inSafari.join(' ')} }`);
    document.adoptedStyleSheets.push(sheet);
    const fields = [...document.querySelectorAll('input, select, textarea')];
    return Math.min(...fields.map((field) => Number.parseFloat(getComputedStyle(field).fontSize)));
  });

it('keeps what is written, its dialogs and the newest message above the keyboard of a phone', async () => {
  await inBrowser(async ({ server, visit }) => {
    const place = await garden(server, 'Ann Weber', 'Ben Koch');
    const [ann, ben] = place.people;
    if (!ann || !ben) throw new Error('two people are needed');
    let readSeq = 0;
    for (let at = 0; at < 40; at += 1) readSeq = (await place.say(ben, `Bed ${at}`)).seq;
    await ann.call('messages.ack', { conversationId: place.channelId, readSeq });
    const { page, signIn } = await visit('Ann', PHONE);
    // Safari shrinks the visual viewport alone. Chromium can be made to do so by zooming only, so the object is its own.
    await page.addInitScript(() => {
      const view = Object.assign(new EventTarget(), { height: innerHeight, scale: 1, offsetTop: 0 });
      Object.defineProperty(window, 'visualViewport', { value: view });
      Object.defineProperty(window, 'showKeyboard', {
        value: (height: number) => {
          view.height = document.documentElement.clientHeight - height;
          view.dispatchEvent(new Event('resize'));
        },
      });
    });
    const showKeyboard = (height: number) => page.evaluate(`showKeyboard(${height})`);
    await signIn(ann);
    await page.goto(`${server.origin}/c/${place.channelId}`);
    const composer = page.getByRole('form', { name: 'Composer' });
    const text = composer.getByRole('textbox');
    const newest = page.getByRole('article').filter({ hasText: 'Bed 39' });
    const bottomOf = async (what: typeof text) => {
      const { y = 0, height = 0 } = (await what.boundingBox()) ?? {};
      return y + height;
    };
    const top = PHONE.viewport.height - KEYBOARD;
    await see(newest).toBeInViewport();

    await text.tap();
    await showKeyboard(KEYBOARD);
    // Nothing is between the composer and the keyboard, and the newest message is above both.
    await expect.poll(() => bottomOf(composer)).toBeLessThanOrEqual(top);
    expect(await bottomOf(composer)).toBeGreaterThan(top - 32);
    await expect.poll(() => bottomOf(newest)).toBeLessThan(top - 40);
    expect(await page.getByRole('heading', { level: 1 }).boundingBox()).toMatchObject({ y: expect.any(Number) });
    expect((await page.getByRole('heading', { level: 1 }).boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await place.say(ben, 'The last bed');
    await expect.poll(() => bottomOf(page.getByRole('article').filter({ hasText: 'The last bed' }))).toBeLessThan(top);
    await text.fill('one\ntwo\nthree\nfour');
    const heads = async () => (await composer.boundingBox())?.y ?? 0;
    const last = page.getByRole('article').filter({ hasText: 'The last bed' });
    await expect.poll(async () => (await bottomOf(last)) - (await heads())).toBeLessThanOrEqual(0);
    await text.fill('');
    // Safari zooms in on fields with smaller letters; zooming by fingers stays possible.
    expect(await lettersInSafari(page)).toBeGreaterThanOrEqual(16);
    const rule = await page.locator('meta[name=viewport]').getAttribute('content');
    expect(rule).not.toMatch(/user-scalable|maximum-scale/);

    await showKeyboard(0);
    await page.goto(`${server.origin}/today`);
    await page.getByRole('button', { name: 'Remind me' }).tap();
    await page.getByRole('dialog').getByRole('textbox').first().tap();
    await showKeyboard(KEYBOARD);
    await expect.poll(() => bottomOf(page.getByRole('dialog'))).toBeLessThanOrEqual(top);
    expect((await page.getByRole('dialog').boundingBox())?.y).toBeGreaterThanOrEqual(0);
  });
});

it('closes the side bar over the page by Escape, and returns to where one was', async () => {
  await inBrowser(async ({ server, visit }) => {
    const place = await garden(server, 'Ann Weber');
    const { page, signIn } = await visit('Ann', { viewport: PHONE.viewport });
    await signIn(place.people[0] as (typeof place.people)[0]);
    const more = page.getByRole('navigation', { name: 'Places' }).last().getByRole('button', { name: 'More' });
    await more.focus();
    await page.keyboard.press('Enter');
    await see(page.getByRole('button', { name: /Workspace/ })).toBeFocused();
    // A menu of the side bar closes before it.
    await page.keyboard.press('Enter');
    await see(page.getByRole('menu')).toBeVisible();
    await page.keyboard.press('Escape');
    await see(page.getByRole('menu')).toHaveCount(0);
    await see(page.getByRole('button', { name: /Workspace/ })).toBeFocused();
    await page.keyboard.press('Escape');
    await see(page.getByRole('button', { name: 'Find anything' })).toBeHidden();
    await see(more).toBeFocused();
  });
});
