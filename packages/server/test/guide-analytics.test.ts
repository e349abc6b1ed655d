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

it('runs as written with curl: numbers, goals and pauses', { timeout: 90_000 }, async () => {
  const answers = await runGuide(app, url, 'analytics');
  const preferences = { goals: { daily: 3, weekly: 12 }, daysOff: [6, 7] };
  expect(answers).toEqual([
    '',
    expect.objectContaining({ name: 'Mara' }),
    expect.objectContaining({ name: 'Mara', emailVerified: true }),
    expect.objectContaining({ status: 'completed' }),
    expect.objectContaining({
      totalTasks: 1,
      completedTasks: 1,
      categoryData: [{ category: 'Home', count: 1, percent: 1 }],
      streaks: { active: 1, longest: 1 },
    }),
    expect.objectContaining({ days: expect.arrayContaining([expect.objectContaining({ date: '2026-11-30' })]) }),
    expect.objectContaining({ goals: preferences.goals }),
    expect.objectContaining(preferences),
    expect.objectContaining({ pauses: [expect.objectContaining({ from: '2026-12-24', to: '2027-01-06' })] }),
    expect.objectContaining({ total: expect.objectContaining({ messages: 0, activePeople: 0, leadTime: null }) }),
    expect.stringMatching(/^Date,Messages,.*\r\n2026-11-01,0,0,0,,,0\r\n2026-11-02,0,0,0,,,0/),
  ]);
});
