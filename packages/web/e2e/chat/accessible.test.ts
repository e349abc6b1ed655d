import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Garden, garden } from '../garden.ts';
import { type Server, startServer } from '../server.ts';
import { openBrowser, type Somebody, signedIn } from '../sign-in.ts';

/** Every screen of talking and finding, in both themes and with its popups open, keeps to WCAG 2.2 AA. */
let server: Server;
let browser: Browser;
let place: Garden;
let ann: Somebody;
let thread: string;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  place = await garden(server, 'Ann Weber', 'Ben Koch', 'Chiara Ito');
  const [owner, ben] = place.people as [Garden['people'][0], Garden['people'][0]];
  const { id } = await place.say(
    ben,
    'Ask @annweber0 about `bed 4`, see https://example.org\n\n> the frost\n\n```\ncode\n```',
  );
  thread = id;
  await place.say(ben, 'A reply', { replyTo: id });
  await place.say(owner, 'Mine **and** bold');
  await owner.call('reactions.add', { messageId: id, emoji: '🌱' });
  await owner.call('pins.add', { conversationId: place.channelId, messageId: id });
  await owner.call('saved.add', { messageId: id });
  ann = await signedIn(browser, server.origin, owner);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function violations(withPopup = false): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  // What fades in has not its colours yet.
  await ann.page.waitForTimeout(600);
  const { violations: found } = await new AxeBuilder({ page: ann.page })
    .withTags(tags)
    // Stops of the library that hand the focus on; nobody ever rests on them.
    .exclude('[data-base-ui-focus-guard]')
    // A popup stands beside the landmarks, and covers what is below it.
    .disableRules(withPopup ? ['region', 'target-size'] : [])
    .analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
  );
}

const pages: [name: string, address: () => string, ready: string][] = [
  ['a conversation', () => `/c/${place.channelId}`, 'article'],
  ['a thread', () => `/c/${place.channelId}/t/${thread}`, 'aside article'],
  ['the people of it', () => `/c/${place.channelId}/about?part=people`, 'aside li'],
  ['its pins', () => `/c/${place.channelId}/about?part=pins`, 'aside a'],
  ['its settings', () => `/c/${place.channelId}/about?part=settings`, 'aside form'],
  ['a search', () => '/search?q=frost', 'mark'],
  ['saved', () => '/saved', 'h1'],
  ['threads', () => '/threads', 'h1'],
  ['the inbox', () => '/inbox', 'h1'],
  ['the keys', () => '/keys', 'h1'],
];

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  beforeAll(async () => {
    await ann.open('/keys');
    await ann.page.evaluate((value) => localStorage.setItem('atrium:theme', value), theme);
  });

  it.each(pages)('%s', async (_, address, ready) => {
    await ann.open(address());
    await ann.page.locator(ready).first().waitFor();
    expect(await violations()).toEqual([]);
  });

  it('a conversation with its popups', async () => {
    const { page } = ann;
    await ann.open(`/c/${place.channelId}`);
    const message = page.getByRole('article').first();
    await message.hover();
    await message.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menu').waitFor();
    expect(await violations(true)).toEqual([]);
    await page.keyboard.press('Escape');
    await message.hover();
    await message.getByRole('button', { name: 'React' }).click();
    await page.getByRole('searchbox', { name: 'Search emoji' }).waitFor();
    expect(await violations(true)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Message #greenhouse' }).pressSequentially('@b');
    await page.getByRole('listbox').waitFor();
    expect(await violations(true)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByRole('option').first().waitFor();
    expect(await violations(true)).toEqual([]);
  });
});

it('has no fault on any of these pages', () => {
  expect(ann.faults.seen).toEqual([]);
});
