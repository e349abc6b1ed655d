import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApp, testApp } from './app.ts';
import { runGuide } from './guide-shell.ts';

let app: TestApp;
let url: string;
beforeAll(async () => {
  app = await testApp();
  url = (await app.listen()).replace(/\/$/, '');
});
afterAll(() => app.close());

it('runs as written with curl: from the first product to a cancelled order', { timeout: 90_000 }, async () => {
  const answers = await runGuide(app, url, 'order-desk');
  expect(answers).toEqual([
    '',
    expect.objectContaining({ name: 'Vera', emailVerified: false }),
    expect.objectContaining({ name: 'Vera', emailVerified: true }),
    expect.objectContaining({ public: true, introduction: 'Tools that last.' }),
    expect.objectContaining({
      items: [
        expect.objectContaining({ name: 'Rake', price: 990, stock: 2 }),
        expect.objectContaining({ name: 'Spade', price: 1250, stock: 10 }),
      ],
    }),
    expect.objectContaining({ name: 'Kim', emailVerified: true }),
    expect.objectContaining({ name: 'Garden Shop', role: 'customer' }),
    expect.objectContaining({ number: 1, status: 'pending', lineCount: 2, quantity: 4, total: 2 * 1250 + 2 * 990 }),
    expect.objectContaining({ code: 'out_of_stock', status: 409 }),
    expect.objectContaining({ status: 'processing', version: 2 }),
    expect.objectContaining({ code: 'version_conflict', status: 409 }),
    expect.objectContaining({ status: 'cancelled' }),
    expect.objectContaining({
      items: [
        expect.objectContaining({ change: 2, reason: 'cancellation' }),
        expect.objectContaining({ change: -2, reason: 'order' }),
        expect.objectContaining({ change: 2 }),
      ],
    }),
    expect.objectContaining({ counts: expect.objectContaining({ cancelled: 1, pending: 0 }) }),
  ]);
});
