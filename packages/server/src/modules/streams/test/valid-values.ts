import type { ValidValues } from '../../../../test/bad-input/valid-values.ts';

export const validValues: ValidValues = ({ conversationId }) => ({ stream: `conversation:${conversationId}` });
