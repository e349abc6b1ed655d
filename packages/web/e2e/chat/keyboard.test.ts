import type { Browser, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Garden, garden } from '../garden.ts';
import { type Server, startServer } from '../server.ts';
import { openBrowser, type Somebody, signedIn } from '../sign-in.ts';

/** Talking without a pointer: every key of the table that concerns conversations. */
let server: Server;
let browser: Browser;
let place: Garden;
let ann: Somebody;
let page: Page;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  place = await garden(server, 'Ann Weber', 'Ben Koch');
  const [, ben] = place.people as [Garden['people'][0], Garden['people'][0]];
  await place.say(ben, 'The frost comes tonight');
  await place.say(ben, 'Close the vents');
  ann = await signedIn(browser, server.origin, place.people[0] as Garden['people'][0]);
  await ann.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  page = ann.page;
  await ann.open(`/c/${place.channelId}`);
  await page.getByRole('article').filter({ hasText: 'Close the vents' }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
afterEach(() => {
  expect(ann.faults.seen).toEqual([]);
});

const focused = () =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
const toList = async () => {
  await page.getByRole('textbox', { name: 'Message #greenhouse' }).focus();
  await page.keyboard.press('Escape');
  await expect.poll(focused).toMatch(/^(Ann Weber|Ben Koch|You)/);
};

it('leaves the text for the messages, and moves between them', async () => {
  await toList();
  expect(await focused()).toMatch(/Ben Koch, .*: Close the vents/);
  await page.keyboard.press('ArrowUp');
  await expect.poll(focused).toMatch(/The frost comes tonight/);
  await page.keyboard.press('j');
  await expect.poll(focused).toMatch(/Close the vents/);
});

it('reacts, saves, pins and copies the link of a message', async () => {
  await toList();
  await page.keyboard.press('r');
  await page.getByRole('searchbox', { name: 'Search emoji' }).fill('thumbs up');
  await page.getByRole('gridcell', { name: 'thumbs up' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /👍.*Ann Weber/ }).waitFor();
  await toList();
  await page.keyboard.press('s');
  await page.getByRole('img', { name: 'Saved' }).waitFor();
  await page.keyboard.press('p');
  await page.getByRole('img', { name: 'Pinned' }).waitFor();
  await page.keyboard.press('l');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/\/c\/.*\?at=\d+$/);
});

it('makes messages unread from here, until the conversation is opened again', async () => {
  const me = place.people[0] as Garden['people'][0];
  const unread = async () => (await me.call('conversations.get', { conversationId: place.channelId })).unread;
  await toList();
  await page.keyboard.press('u');
  await page
    .getByRole('link', { name: /greenhouse.*unread/ })
    .first()
    .waitFor();
  expect(await unread()).toBe(1);
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await page.getByRole('heading', { name: 'Inbox', level: 1 }).waitFor();
  expect(await unread()).toBe(1);
  await ann.open(`/c/${place.channelId}`);
  await page.getByRole('article').filter({ hasText: 'Close the vents' }).waitFor();
  await expect.poll(unread).toBe(0);
});

it('opens what can be done with a message, and comes back to it', async () => {
  await toList();
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(focused).toMatch(/Close the vents/);
});

it('replies in a thread and comes back', async () => {
  await toList();
  await page.keyboard.press('t');
  const reply = page.getByRole('textbox', { name: 'Reply…' });
  await expect.poll(() => reply.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type('Done');
  await page.keyboard.press('Enter');
  await page.getByRole('complementary').getByRole('article').filter({ hasText: 'Done' }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('complementary', { name: 'Thread' }).count()).toBe(0);
});

it('writes bold, a new line, and sends', async () => {
  const text = page.getByRole('textbox', { name: 'Message #greenhouse' });
  await text.focus();
  await page.keyboard.type('very ');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('cold');
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('here');
  expect(await text.inputValue()).toBe('very **cold**\nhere');
  await page.keyboard.press('Enter');
  await page.getByRole('article').filter({ hasText: 'cold' }).locator('strong').waitFor();
  await page
    .getByRole('article')
    .filter({ hasText: 'cold' })
    .getByRole('img', { name: /Sent|Delivered|Seen/ })
    .waitFor();
  await page.keyboard.press('ArrowUp');
  await page.getByRole('textbox', { name: 'Edit the message' }).waitFor();
  await page.keyboard.press('Escape');
});

it('finds and goes anywhere', async () => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find anything, do anything' }).waitFor();
  await page.keyboard.type('#greenh');
  await page.getByRole('option', { name: /greenhouse/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Message #greenhouse' }).waitFor();
  await toList();
  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Keys', level: 1 }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await page.getByRole('heading', { name: 'Inbox', level: 1 }).waitFor();
  await page.keyboard.press('/');
  await page.getByRole('heading', { name: 'Search', level: 1 }).waitFor();
});
