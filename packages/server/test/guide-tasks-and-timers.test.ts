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

it('runs as written with curl: two people, a task and its timers', { timeout: 90_000 }, async () => {
  const answers = await runGuide(app, url, 'tasks-and-timers');
  expect(answers).toEqual([
    '',
    expect.objectContaining({ name: 'Nora', emailVerified: false }),
    expect.objectContaining({ name: 'Nora', emailVerified: true }),
    expect.objectContaining({ name: 'Otto', emailVerified: true }),
    expect.objectContaining({ name: 'Demo' }),
    expect.objectContaining({ title: 'Demo Task', dueOn: '2026-12-29' }),
    expect.objectContaining({ stoppedAt: null }),
    expect.objectContaining({ stoppedAt: null }),
    expect.objectContaining({ baseMs: 0, totalElapsedMs: expect.any(Number) }),
    expect.objectContaining({ stoppedAt: expect.any(String) }),
    { items: [expect.objectContaining({ stoppedAt: expect.any(String) })], nextCursor: null },
    expect.objectContaining({ kind: 'correction', durationMs: -1_800_000 }),
    expect.objectContaining({ total: expect.objectContaining({ hours: 1, ms: 3_600_000 }) }),
    expect.stringMatching(/^Date,Person,Task,.*Otto,Demo Task/s),
    expect.objectContaining({ from: '2026-05-01', to: '2026-05-31' }),
    expect.stringMatching(/^BEGIN:VCALENDAR.*DUE;VALUE=DATE:20261229.*END:VCALENDAR$/s),
  ]);
});
