import { randomUUID } from 'node:crypto';
import type { Case } from '../../../../test/faults/snapshot-case.ts';

const typed = (text: string) => ({ text, clientMessageId: randomUUID() });

/** What is typed behind a slash. */
export const cases: Record<string, Case> = {
  'commands.run': {
    act: ({ ann, channel }) => ann.call('commands.run', { conversationId: channel, ...typed('/topic Tomatoes') }),
  },
  'commands.run / say': {
    act: ({ bob, channel }) => bob.call('commands.run', { conversationId: channel, ...typed('/me digs') }),
  },
};
