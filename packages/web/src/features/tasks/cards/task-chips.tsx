import { late } from '../../../ui/late.tsx';
import { useMessageCards } from './cards.ts';

// Few messages have one: loaded along with the first messages, after the first screen.
const TaskChip = late(async () => (await import('./task-chip.tsx')).TaskChip);
TaskChip.preload().catch(() => undefined);

/** The tasks that a message links to or was turned into, as live cards. */
export function TaskChips({ conversationId, messageId }: { conversationId: string; messageId: string }) {
  const cards = useMessageCards(conversationId, messageId);
  return cards.map((card) => <TaskChip key={card.taskId} card={card} />);
}
