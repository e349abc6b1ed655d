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

it('runs as written: two people, their notifications, channels and reasons', { timeout: 90_000 }, async () => {
  const answers = await runGuide(app, url, 'notifications');
  const about = { type: 'message', cause: 'message' };
  expect(answers).toEqual([
    '',
    expect.objectContaining({ name: 'Nora', emailVerified: false }),
    expect.objectContaining({ name: 'Nora', emailVerified: true }),
    expect.objectContaining({ name: 'Otto', emailVerified: true }),
    expect.objectContaining({ name: 'Demo' }),
    expect.objectContaining({ message: expect.objectContaining({ content: 'Are the beans up?' }) }),
    {
      items: [expect.objectContaining({ ...about, title: 'Nora', body: 'Are the beans up?', count: 1, readAt: null })],
      nextCursor: null,
    },
    { unread: 0 },
    expect.objectContaining({ quietHours: expect.objectContaining({ enabled: true, from: '21:00', to: '07:00' }) }),
    expect.objectContaining({ level: 'nothing', until: null }),
    {
      items: [
        expect.objectContaining({
          ...about,
          channels: [
            expect.objectContaining({ channel: 'app', used: true, reason: 'preference' }),
            expect.objectContaining({ channel: 'mail', used: false, reason: 'type_off' }),
            expect.objectContaining({ channel: 'push', used: false, reason: 'no_device' }),
          ],
        }),
      ],
      nextCursor: null,
    },
  ]);
});
