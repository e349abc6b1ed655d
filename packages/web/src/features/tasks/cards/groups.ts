import type { Message } from '@atrium/protocol';

/** Maximum number of messages per request. */
const MOST = 200;
const TASK_ADDRESS = /\/tasks\/[\da-f]{8}-[\da-f-]{27}/i;

/**
 * The ids of the messages that may have tasks, in groups that stay the same while others are loaded before and after.
 * Those with the address of a task have groups of their own, which change when one is edited in or out.
 * @param arrivedFrom messages from this position on have no tasks unless they contain the address of one
 */
export function groupsOf(
  messages: readonly Pick<Message, 'content' | 'deletedAt' | 'id' | 'seq'>[],
  arrivedFrom: number,
): string[][] {
  const asked = messages
    .map((message) => ({ ...message, hasAddress: TASK_ADDRESS.test(message.content) }))
    .filter(({ deletedAt, hasAddress, seq }) => deletedAt === undefined && (hasAddress || seq < arrivedFrom));
  const groups = Map.groupBy(asked, ({ hasAddress, seq }) => `${hasAddress} ${Math.floor(seq / MOST)}`);
  return [...groups.values()].map((group) => group.map(({ id }) => id));
}
