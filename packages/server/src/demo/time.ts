import type { Name, Player } from './cast.ts';

const TITLE = 'Load the stall';
const WHO: readonly Name[] = ['Cleo', 'Emil'];

/** What two people have timed together. */
export interface TimedTogether {
  title: string;
  who: readonly Name[];
  /** The time of both. */
  ms: number;
}

/** Two people time one task of the board together while `work` lasts. Throws AtriumError. */
export async function timeTogether(
  workspaceId: string,
  players: ReadonlyMap<Name, Player>,
  work: () => Promise<void>,
): Promise<TimedTogether> {
  const clients = WHO.flatMap((name) => players.get(name)?.client ?? []);
  const [client] = clients;
  const taskId = (await client?.api.tasks.list({ workspaceId, q: TITLE }))?.items[0]?.id;
  if (client === undefined || taskId === undefined) throw new Error(`Nobody has "${TITLE}" to do`);
  for (const { api } of clients) await api.timers.start({ taskId });
  await work();
  for (const { api } of clients) await api.timers.stop({ taskId });
  const { totalElapsedMs } = await client.api.timers.total({ taskId });
  return { title: TITLE, who: WHO, ms: totalElapsedMs };
}
