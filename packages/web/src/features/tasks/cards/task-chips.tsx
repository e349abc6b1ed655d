import type { TaskCard } from '@atrium/protocol';
import { late } from '../../../ui/late.tsx';

// Few messages have one: loaded along with the first messages, after the first screen.
const TaskChip = late(async () => (await import('./task-chip.tsx')).TaskChip);
TaskChip.preload().catch(() => undefined);

/** The tasks of a message, as live cards. */
export function TaskChips({ cards }: { cards: readonly TaskCard[] | undefined }) {
  return cards?.map((card) => <TaskChip key={card.taskId} card={card} />);
}
