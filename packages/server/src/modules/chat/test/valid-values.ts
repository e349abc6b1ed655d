import type { ValidValues } from '../../../../test/bad-input/valid-values.ts';

export const validValues: ValidValues = ({ bob, conversationId }) => ({ conversationId, toUserId: bob.userId });
