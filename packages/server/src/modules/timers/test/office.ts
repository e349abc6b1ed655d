import type { StreamName } from '@atrium/protocol';
import { type Person, type TestApp, testApp } from '../../../../test/app.ts';
import type { StoredEvent } from '../../../platform/stream/index.ts';

/** The whole server with a workspace: Ann owns it, Ben is a member, Gus a guest, Kim a customer. */
export interface Office {
  app: TestApp;
  workspaceId: string;
  ann: Person;
  ben: Person;
  gus: Person;
  kim: Person;
  /** Creates a task of Ann's with Ben as a member. */
  task(title?: string, more?: { memberIds?: string[]; category?: string }): Promise<string>;
  /** The events about time on the stream of a task. */
  told(taskId: string): Promise<StoredEvent[]>;
  /** Moves the start of a running timer, or of all timers of a task, back, as if they had run longer. */
  age(taskId: string, ms: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Creates it on its own database.
 * @param env configuration by environment variable
 * @param options.background whether jobs run; false if the test runs them
 */
export async function openOffice(
  env: Record<string, string> = {},
  options: { background?: boolean } = {},
): Promise<Office> {
  const app = await testApp({ env, ...options });
  // The first account is the administrator.
  const ann = await app.person('Ann');
  const [ben, gus, kim] = await Promise.all(['Ben', 'Gus', 'Kim'].map((name) => app.person(name)));
  if (!ben || !gus || !kim) throw new Error('Somebody is missing.');
  const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
  for (const [person, role] of [
    [ben, 'member'],
    [gus, 'guest'],
    [kim, 'customer'],
  ] as const) {
    const { code } = await ann.call('workspaces.rotateJoinCode', { workspaceId, role });
    await person.call('workspaces.join', { code });
  }
  return {
    app,
    workspaceId,
    ann,
    ben,
    gus,
    kim,
    async task(title = 'Paint the fence', { memberIds = [ben.userId], ...more } = {}) {
      return (await ann.call('tasks.create', { workspaceId, title, memberIds, ...more })).id;
    },
    async told(taskId) {
      const stream: StreamName = `task:${taskId}`;
      return (await app.events(stream)).filter(({ type }) => type.startsWith('timer:'));
    },
    async age(taskId, ms) {
      await app.database.pool.query(
        `update time_entry set started_at = started_at - $2 * interval '1 millisecond'
         where task_id = $1 and stopped_at is null`,
        [taskId, ms],
      );
    },
    close: () => app.close(),
  };
}
