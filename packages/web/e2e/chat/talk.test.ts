import type { Browser, Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Garden, garden } from '../garden.ts';
import { type Server, startServer } from '../server.ts';
import { openBrowser, type Somebody, signedIn } from '../sign-in.ts';

/** Three people talk, each at a browser of their own; nobody reloads a page. */
let server: Server;
let browser: Browser;
let place: Garden;
let ann: Somebody;
let ben: Somebody;
let chiara: Somebody;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  place = await garden(server, 'Ann Weber', 'Ben Koch', 'Chiara Ito');
  [ann, ben, chiara] = (await Promise.all(place.people.map((person) => signedIn(browser, server.origin, person)))) as [
    Somebody,
    Somebody,
    Somebody,
  ];
  for (const each of [ann, ben, chiara]) await each.open(`/c/${place.channelId}`);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
afterEach(() => {
  for (const each of [ann, ben, chiara]) expect(each.faults.seen).toEqual([]);
});

const composer = (page: Page) => page.getByRole('textbox', { name: 'Message #greenhouse' });
const article = (page: Page, text: string | RegExp) => page.getByRole('article').filter({ hasText: text });
const write = async (who: Somebody, text: string) => {
  await composer(who.page).fill(text);
  await composer(who.page).press('Enter');
};

it('shows what one says to the others, once and at once', async () => {
  await write(ann, 'The tomatoes are up');
  for (const each of [ann, ben, chiara]) await article(each.page, 'The tomatoes are up').waitFor();
  await expect.poll(() => article(ann.page, 'The tomatoes are up').count()).toBe(1);
  await expect
    .poll(() =>
      article(ann.page, 'The tomatoes are up')
        .getByRole('img', { name: /Seen by/ })
        .count(),
    )
    .toBe(1);
});

it('tells the others who is typing, and stops with the message', async () => {
  await composer(ben.page).pressSequentially('I am on my way');
  await ann.page.getByText('Ben is typing…').waitFor();
  await composer(ben.page).press('Enter');
  await expect.poll(() => ann.page.getByText('Ben is typing…').count()).toBe(0);
});

it('completes names, and marks whom it means', async () => {
  await composer(ben.page).pressSequentially('Thank you @ann');
  await ben.page.getByRole('option', { name: /Ann Weber/ }).waitFor();
  await composer(ben.page).press('Tab');
  expect(await composer(ben.page).inputValue()).toBe('Thank you @annweber0 ');
  await composer(ben.page).press('Enter');
  await article(ann.page, 'Thank you @Ann Weber').waitFor();
});

it('takes reactions, and shows who reacted', async () => {
  const message = article(chiara.page, 'The tomatoes are up');
  await message.hover();
  await message.getByRole('button', { name: 'React' }).click();
  await chiara.page.getByRole('searchbox', { name: 'Search emoji' }).fill('seedling');
  await chiara.page.getByRole('gridcell', { name: 'seedling' }).click();
  await article(ann.page, 'The tomatoes are up')
    .getByRole('button', { name: /🌱.*Chiara Ito/ })
    .click();
  await article(chiara.page, 'The tomatoes are up')
    .getByRole('button', { name: /🌱.*Ann Weber/ })
    .waitFor();
});

it('edits with what it said before, and deletes with a way back', async () => {
  await write(ann, 'It is freezing to night');
  await article(ann.page, 'It is freezing to night')
    .getByRole('img', { name: /Sent|Delivered|Seen/ })
    .waitFor();
  await composer(ann.page).press('ArrowUp');
  const editor = ann.page.getByRole('textbox', { name: 'Edit the message' });
  await editor.fill('It is freezing tonight');
  await editor.press('Enter');
  await article(ben.page, 'It is freezing tonight').getByText('edited').waitFor();

  const mine = article(ann.page, 'It is freezing tonight');
  await mine.hover();
  await mine.getByRole('button', { name: 'More' }).click();
  await ann.page.getByRole('menuitem', { name: 'What it said before' }).click();
  await ann.page.getByRole('dialog').getByText('It is freezing to night').waitFor();
  await ann.page.keyboard.press('Escape');

  await mine.hover();
  await mine.getByRole('button', { name: 'More' }).click();
  await ann.page.getByRole('menuitem', { name: 'Delete' }).click();
  await ann.page.getByRole('button', { name: 'Undo' }).click();
  await mine.waitFor();
  await mine.focus();
  await ann.page.keyboard.press('Delete');
  await expect.poll(() => article(ben.page, 'It is freezing tonight').count(), { timeout: 20_000 }).toBe(0);
  await article(ben.page, 'This message was deleted.').waitFor();
});

it('keeps a thread beside the conversation', async () => {
  await article(ben.page, 'The tomatoes are up').hover();
  await article(ben.page, 'The tomatoes are up').getByRole('button', { name: 'Reply in thread' }).click();
  await ben.page.getByRole('textbox', { name: 'Reply…' }).fill('Which row?');
  await ben.page.keyboard.press('Enter');
  const line = article(ann.page, 'The tomatoes are up').getByRole('button', { name: /1 reply/ });
  await line.click();
  const thread = ann.page.getByRole('complementary', { name: 'Thread' });
  await thread.getByRole('article').filter({ hasText: 'Which row?' }).waitFor();
  await thread.getByRole('textbox', { name: 'Reply…' }).fill('The second');
  await ann.page.keyboard.press('Enter');
  await ben.page.getByRole('complementary').getByText('The second').waitFor();
  expect(
    await ann.page
      .getByRole('feed', { name: /Messages in/ })
      .getByText('Which row?')
      .count(),
  ).toBe(0);
  await ann.page.getByRole('button', { name: 'Close the thread' }).click();
});

it('keeps a draft for all devices of a person', async () => {
  const second = await signedIn(browser, server.origin, ann.person);
  await second.open(`/c/${place.channelId}`);
  await composer(ann.page).fill('I was about to');
  await expect.poll(() => composer(second.page).inputValue()).toBe('I was about to');
  await composer(ann.page).fill('');
  await expect.poll(() => composer(second.page).inputValue()).toBe('');
  expect(second.faults.seen).toEqual([]);
  await second.context.close();
});

it('finds a message by parts of its words, marks them, and leads there', async () => {
  const found = chiara.page.getByRole('link').filter({ hasText: 'The tomatoes are up' });
  // The index follows the messages; on a busy machine it takes a moment.
  await expect
    .poll(async () => {
      await chiara.open('/search?q=tomato');
      await chiara.page.waitForLoadState('networkidle');
      return found.count();
    })
    .toBe(1);
  expect(await found.locator('mark').first().innerText()).toMatch(/tomato/i);
  await found.click();
  await article(chiara.page, 'The tomatoes are up').waitFor();
  expect(new URL(chiara.page.url()).searchParams.get('at')).toMatch(/^\d+$/);
});

it('closes the room on the screen of whoever is removed', async () => {
  await ben.open(`/c/${place.channelId}`);
  await composer(ben.page).waitFor();
  await ann.person.call('conversations.update', { conversationId: place.channelId, topic: 'What grows' });
  await ben.page.getByText('What grows').waitFor();
  const { id: conversationId } = await ann.person.call('conversations.create', {
    workspaceId: place.workspaceId,
    kind: 'channel',
    visibility: 'private',
    name: 'secrets',
    memberIds: [ben.person.userId],
  });
  await ben.open(`/c/${conversationId}`);
  await ben.page.getByRole('textbox', { name: 'Message #secrets' }).waitFor();
  ben.faults.expect(/40[34]/);
  await ann.person.call('conversations.removeMember', { conversationId, userId: ben.person.userId });
  await ben.page.getByText('This conversation is gone, or it is not yours to see.').waitFor();
});
