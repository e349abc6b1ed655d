import type { Case } from './f22-case.ts';

/** What leaves as a file is told to nobody. */
export const exportCases: Record<string, Case> = {
  'exports.conversation': {
    act: ({ ann, channel }) => ann.call('exports.conversation', { conversationId: channel }),
  },
};
