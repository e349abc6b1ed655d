import { randomUUID } from 'node:crypto';
import type { Browser, Page } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Garden, garden } from '../garden.ts';
import { type Server, startServer } from '../server.ts';
import { openBrowser, type Somebody, signedIn } from '../sign-in.ts';

/** A long history of messages of every height: read in both directions, it never moves by itself. */
const MESSAGES = 5_000;
const UNREAD_FROM = 2_600;
const WORDS = 'frost came early this year and we moved every pot into the greenhouse before noon'.split(' ');

let server: Server;
let browser: Browser;
let place: Garden;
let ann: Somebody;
let seqs: number[];
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer(), openBrowser()]);
  place = await garden(server, 'Ann Weber', 'Ben Koch');
  const [reader, ben] = place.people as [Garden['people'][0], Garden['people'][0]];
  seqs = [];
  const contentOf = (at: number) => {
    const words = Array.from({ length: 2 + ((at * 7) % 70) }, (_, word) => WORDS[(at + word) % WORDS.length]).join(' ');
    return `message ${at} ${words}${at % 11 === 0 ? '\n\n```\ncode\nof several\nlines\n```' : ''}${at % 17 === 0 ? '\n- a\n- list' : ''}`;
  };
  for (let at = 0; at < MESSAGES; at += 100) {
    const sent = await Promise.all(
      Array.from({ length: 100 }, (_, more) =>
        (more % 3 === 0 ? reader : ben).call('messages.send', {
          conversationId: place.channelId,
          content: contentOf(at + more),
          clientMessageId: randomUUID(),
        }),
      ),
    );
    seqs.push(...sent.map(({ message }) => message.seq));
  }
  seqs.sort((one, other) => one - other);
  await reader.call('messages.ack', { conversationId: place.channelId, readSeq: seqs[UNREAD_FROM] ?? 0 });
  ann = await signedIn(browser, server.origin, reader);
});
afterAll(async () => {
  expect(ann?.faults.seen).toEqual([]);
  await browser?.close();
  await server?.close();
});

const feed = (page: Page) => page.getByRole('feed', { name: 'Messages in #greenhouse' });

/** Watches one message that is on the screen while the wheel turns, and how far it moves against the wheel. */
function followDrift(page: Page) {
  return page.evaluate(() => {
    const scroller = document.querySelector('[role=feed]')?.parentElement as HTMLElement;
    const drifts: number[] = [];
    let known: { key: string; top: number; scroll: number } | undefined;
    const middle = () => {
      const { top, height } = scroller.getBoundingClientRect();
      return [...document.querySelectorAll<HTMLElement>('[data-row]')].find(
        (row) => row.getBoundingClientRect().bottom > top + height / 2,
      );
    };
    const look = () => {
      const row = known && document.querySelector<HTMLElement>(`[data-row="${CSS.escape(known.key)}"]`);
      if (known && row) {
        const moved = row.getBoundingClientRect().top - known.top;
        (window as unknown as { moves: { moved: number }[] }).moves.push({ moved });
      }
      const next = middle();
      known = next && {
        key: next.dataset.row ?? '',
        top: next.getBoundingClientRect().top,
        scroll: scroller.scrollTop,
      };
      requestAnimationFrame(look);
    };
    (window as unknown as { moves: { moved: number }[]; drifts: number[] }).moves = [];
    (window as unknown as { drifts: number[] }).drifts = drifts;
    look();
  });
}

/** The largest move of a message in one frame since the last question, in pixels. */
const largestMove = (page: Page) =>
  page.evaluate(() => {
    const { moves } = window as unknown as { moves: { moved: number }[] };
    return Math.max(0, ...moves.splice(0).map(({ moved }) => Math.abs(moved)));
  });

it('opens at the first unread message', async () => {
  await ann.open(`/c/${place.channelId}`);
  await feed(ann.page).getByText('New', { exact: true }).waitFor();
  const line = await feed(ann.page).getByText('New', { exact: true }).boundingBox();
  const pane = await feed(ann.page).locator('..').boundingBox();
  expect((line?.y ?? 0) - (pane?.y ?? 0)).toBeLessThan(120);
  expect((line?.y ?? 0) - (pane?.y ?? 0)).toBeGreaterThanOrEqual(0);
});

it('is read to the top and back without a jump, and draws few of its rows', async () => {
  const { page } = ann;
  const pane = await feed(page).locator('..').boundingBox();
  await page.mouse.move((pane?.x ?? 0) + 300, (pane?.y ?? 0) + 300);
  await followDrift(page);
  const STEP = 1_500;
  let steps = 0;
  const first = () => feed(page).getByText('message 0 ', { exact: false }).first();
  while ((await page.getByText('This is where the channel begins.').count()) === 0) {
    await page.mouse.wheel(0, -STEP);
    await page.waitForTimeout(16);
    steps += 1;
    if (steps % 25 === 0) expect(await page.getByRole('article').count()).toBeLessThanOrEqual(60);
    if (steps > 3_000) throw new Error('The beginning was not reached');
  }
  // One frame may hold two turns of the wheel, never more.
  expect(await largestMove(page)).toBeLessThanOrEqual(STEP * 3);
  await expect.poll(() => first().count()).toBeGreaterThanOrEqual(0);

  // Nobody turns the wheel: nothing moves.
  await page.waitForTimeout(500);
  await largestMove(page);
  await page.waitForTimeout(500);
  expect(await largestMove(page)).toBeLessThanOrEqual(2);
}, 240_000);

it('stays where one reads while others write and edit', async () => {
  const { page } = ann;
  const [, ben] = place.people as [Garden['people'][0], Garden['people'][0]];
  await largestMove(page);
  for (let at = 0; at < 5; at += 1) await place.say(ben, `while you read ${at}`);
  await page.waitForTimeout(800);
  expect(await largestMove(page)).toBeLessThanOrEqual(2);
});

it('leads to a message of long ago, and to the newest', async () => {
  const { page } = ann;
  await ann.open(`/c/${place.channelId}?at=${seqs[700]}`);
  await feed(page)
    .getByRole('article', { name: /message 70\d / })
    .first()
    .waitFor();
  await page.getByRole('button', { name: /To the newest/ }).click();
  await feed(page).getByText('while you read 4').waitFor();
  expect(await page.getByRole('article').count()).toBeLessThanOrEqual(60);
});
