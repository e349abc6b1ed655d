import { demo } from '@atrium/protocol';
import { command, type Implementation, problem, type StartBackfill } from '../../platform/module/index.ts';
import { peopleIds } from '../identity/index.ts';
import { withdrawDeliveries } from '../notifications/index.ts';
import { beginDemo, insertDemoPeople } from './store.ts';
import { writeStory } from './story/story.ts';

export interface LoadDeps {
  backfill: StartBackfill;
}

/** `demo.load` */
export function demoOperations({ backfill }: LoadDeps): Implementation[] {
  return [
    command(demo.load, async (work) => {
      const { tx, actor } = work;
      if (!(await beginDemo(tx))) throw problem('in_progress', { retryAfterMs: 2_000 });
      const people = await peopleIds(tx, { after: undefined, limit: 2 });
      if (people.length !== 1) throw problem('conflict', 'Demo data is for new instances: others have accounts here.');
      const { workspaceId, personIds, toldOf } = await writeStory(work, backfill(work), actor.userId);
      await insertDemoPeople(tx, workspaceId, personIds);
      // Nobody gets a mail about demo data.
      await withdrawDeliveries(work, { subjects: toldOf }, 'demo');
      return { workspaceId };
    }),
  ];
}
