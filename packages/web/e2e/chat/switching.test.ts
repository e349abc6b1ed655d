import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, it } from 'vitest';
import { garden } from '../garden.ts';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

const MESSAGES = 120;

/** Counts how many lists of messages are put on the page. */
const countLists = (page: Page) =>
  page.evaluate(() => {
    const counted = window as unknown as { lists: number };
    counted.lists = 0;
    new MutationObserver((records) => {
      for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
        if (node instanceof Element) {
          counted.lists += Number(node.matches('[role=feed]')) + node.querySelectorAll('[role=feed]').length;
        }
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
/** The lists since it was asked last. */
const newLists = (page: Page) =>
  page.evaluate(() => {
    const counted = window as unknown as { lists: number };
    const { lists } = counted;
    counted.lists = 0;
    return lists;
  });

it('puts the messages of a conversation on the page once, at its end, and leaves them when a thread opens', () =>
  inBrowser(async ({ server, visit }) => {
    const { channelId, people, workspaceId } = await garden(server, 'Ann Weber');
    const [ann] = people;
    if (!ann) throw new Error('Nobody is in the garden');
    const market = { workspaceId, kind: 'channel' as const, name: 'market' };
    const { id: marketId } = await ann.call('conversations.create', market);
    for (const conversationId of [channelId, marketId]) {
      for (let at = 0; at < MESSAGES; at++) {
        const content = `Note ${at} of ${conversationId === marketId ? 'the market' : 'the greenhouse'}`;
        await ann.call('messages.send', { conversationId, content, clientMessageId: randomUUID() });
      }
    }
    const { page, signIn } = await visit('Ann');
    await signIn(ann);
    const open = async (id: string, last: string) => {
      await page.locator(`nav a[href="/c/${id}"]`).click();
      await see(page.getByText(last)).toBeInViewport();
    };
    await open(channelId, `Note ${MESSAGES - 1} of the greenhouse`);
    await open(marketId, `Note ${MESSAGES - 1} of the market`);

    await countLists(page);
    await open(channelId, `Note ${MESSAGES - 1} of the greenhouse`);
    expect(await newLists(page)).toBe(1);

    // Read further up, with a thread opened beside it.
    const feed = page.getByRole('feed', { name: 'Messages in #greenhouse' });
    await feed.hover();
    await page.mouse.wheel(0, -1_500);
    const note = page.locator('[data-row]').filter({ hasText: 'Note 80 of the greenhouse' });
    await note.scrollIntoViewIfNeeded();
    await note.hover();
    await page.getByRole('button', { name: 'Reply in thread' }).click();
    await see(page.getByRole('complementary', { name: 'Thread' })).toBeVisible();
    await see(page.locator('aside [role=feed]')).toBeVisible();
    // That of the thread.
    expect(await newLists(page)).toBe(1);
    await see(note.first()).toBeInViewport();
  }));
