import type { Backfill, Work } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { createDemoPerson, meOf } from '../../identity/index.ts';
import { CAST, INVENTED } from './cast.ts';
import { conversationSteps } from './conversations.ts';
import { talkSteps } from './dialogue.ts';
import { personalSteps } from './personal.ts';
import { shopSteps } from './shop.ts';
import { calendarOf, Stage } from './stage.ts';
import { taskSteps } from './tasks.ts';
import { timeSteps } from './time.ts';

const WORKSPACE = 'Riverside Garden';
/** The story begins four weeks ago, since older events are pruned. */
const BEGINS_DAYS_AGO = 28;

/** The result of loading the demo. */
export interface Told {
  workspaceId: string;
  personIds: string[];
  /** The notifications of the person who loads it. */
  toldOf: string[];
}

/** Creates a workspace for a person and fills it, from the first day until now. */
export async function writeStory(work: Work, backfill: Backfill, userId: string): Promise<Told> {
  // Drawn at once, so that no other work comes between them: the colours of avatars follow from ids, and they are the
  // same where the clock stands still and random numbers repeat, as for the pictures in docs/screens.
  const ids = new Map(INVENTED.map((who) => [who, newId()]));
  const calendar = calendarOf(work.now, (await meOf(work.tx, userId)).timezone);
  const beginning = calendar.on(BEGINS_DAYS_AGO, '08:00');
  const you = backfill({ userId, at: beginning });
  const { id: workspaceId } = await you.workspaces.create({ name: WORKSPACE });
  const stage = new Stage(workspaceId, backfill);
  stage.put('you', userId);
  for (const [who, id] of ids) {
    stage.put(who, await createDemoPerson({ ...work.as(userId), now: beginning }, { id, ...CAST[who] }));
    const { code } = await you.workspaces.rotateJoinCode({ workspaceId, role: CAST[who].role });
    await backfill({ userId: stage.id(who), at: beginning }).workspaces.join({ code });
  }
  await stage.play([
    ...conversationSteps(calendar),
    ...talkSteps(calendar),
    ...taskSteps(calendar),
    ...timeSteps(calendar),
    ...shopSteps(calendar),
    ...personalSteps(calendar),
  ]);
  const { items } = await backfill({ userId, at: work.now }).notifications.list({ limit: 100 });
  return { workspaceId, personIds: INVENTED.map((who) => stage.id(who)), toldOf: items.map(({ id }) => id) };
}
