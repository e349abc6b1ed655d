import type { Message } from '@atrium/protocol';

/** Maximum number of messages per request. */
const MOST = 200;
const TASK_ADDRESS = /\/tasks\/[\da-f]{8}-[\da-f-]{27}/i;

/**
 * The ids of the messages that may have tasks, in groups that stay the same while others are loaded before and after.
 * @param askedUntil messages sent later, in milliseconds, have none unless they contain the address of a task
 */
export function groupsOf(
  messages: readonly Pick<Message, 'content' | 'createdAt' | 'deletedAt' | 'id' | 'seq'>[],
  askedUntil: number,
): string[][] {
  const asked = messages.filter(
    ({ content, createdAt, deletedAt }) =>
      deletedAt === undefined && (Date.parse(createdAt) <= askedUntil || TASK_ADDRESS.test(content)),
  );
  const groups = Map.groupBy(asked, ({ seq }) => Math.floor(seq / MOST));
  return [...groups.values()].map((group) => group.map(({ id }) => id));
}
