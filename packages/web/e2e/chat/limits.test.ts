import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Garden, garden } from '../garden.ts';
import { type Server, startServer } from '../server.ts';
import { openBrowser, type Somebody, signedIn } from '../sign-in.ts';

/** Nothing that is typed is lost, however much and however fast. */
let server: Server;
let browser: Browser;
let place: Garden;
let ann: Somebody;
beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ env: { LIMIT_MESSAGE: '10/5' } }), openBrowser()]);
  place = await garden(server, 'Ann Weber', 'Ben Koch');
  ann = await signedIn(browser, server.origin, place.people[0] as Garden['people'][0]);
  await ann.open(`/c/${place.channelId}`);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const composer = () => ann.page.getByRole('textbox', { name: 'Message #greenhouse' });

it('lets the eleventh message of five seconds wait, and sends it', async () => {
  for (let at = 1; at <= 14; at += 1) {
    await composer().fill(`quick ${at}`);
    await composer().press('Enter');
  }
  const sent = async () => {
    const { items } = await (place.people[1] as Garden['people'][0]).call('messages.list', {
      conversationId: place.channelId,
    });
    return items.map(({ content }) => content).filter((content) => content.startsWith('quick'));
  };
  const wanted = Array.from({ length: 14 }, (_, at) => `quick ${at + 1}`);
  await expect.poll(sent, { timeout: 40_000 }).toEqual(wanted);
  await expect
    .poll(() =>
      ann.page
        .getByRole('article')
        .filter({ hasText: /^.*quick 14/ })
        .count(),
    )
    .toBe(1);
});

it('takes 8,000 characters of mixed scripts, and not one more', async () => {
  const text = '日本語 العربية 👩‍🌾 Größe \u{10348} <b>& '.repeat(400).slice(0, 8_000).trimEnd();
  await composer().evaluate(
    (field, value) => {
      (field as HTMLTextAreaElement).focus();
      document.execCommand('insertText', false, value);
    },
    `${text}${'x'.repeat(500)}`,
  );
  const typed = await composer().inputValue();
  expect(typed.length).toBeLessThanOrEqual(8_000);
  await composer().press('Enter');
  const last = async () =>
    (
      await (place.people[1] as Garden['people'][0]).call('messages.list', {
        conversationId: place.channelId,
        limit: 1,
      })
    ).items[0]?.content;
  await expect.poll(last).toBe(typed);
});

it('says why a message was refused and keeps its text', async () => {
  await (place.people[0] as Garden['people'][0]).call('conversations.update', {
    conversationId: place.channelId,
    topic: 'x',
  });
  await composer().fill('/nosuchcommand now');
  await composer().press('Enter');
  await ann.page
    .getByRole('status')
    .filter({ hasText: /nosuchcommand|no such command/i })
    .waitFor();
  expect(await composer().inputValue()).toBe('/nosuchcommand now');
  expect(ann.faults.seen).toEqual([]);
});
