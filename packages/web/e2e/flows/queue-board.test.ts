import { expect, it } from 'vitest';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

it('S43 shows the jobs and pauses the queue under its own policy, to administrators alone', async () => {
  await inBrowser(
    async ({ server, visit }) => {
      const root = await server.person('Ann Weber');
      const member = await server.person('Ben Koch');
      const [ann, ben] = [await visit('Ann'), await visit('Ben')];
      const hosts = new Set<string>();
      ann.page.on('request', (request) => hosts.add(new URL(request.url()).origin));
      await ann.signIn(root);
      await ann.page.goto(`${server.origin}/admin/queues`);
      await see(ann.page.getByText('atrium').first()).toBeVisible();
      await ann.page.goto(`${server.origin}/admin/queues/queue/atrium`);
      await see(ann.page.getByText(/completed/i).first()).toBeVisible();
      expect([...hosts]).toEqual([server.origin]);

      ben.faults.expect(/403/);
      await ben.signIn(member);
      const answer = await ben.page.goto(`${server.origin}/admin/queues`);
      expect(answer?.status()).toBe(403);
    },
    { env: { QUEUE_BOARD: 'write' } },
  );
}, 60_000);
