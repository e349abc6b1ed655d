import type { ValidValues } from '../../../../test/bad-input/valid-values.ts';

export const validValues: ValidValues = ({ ann, bob }) => ({
  userId: bob.userId,
  sessionId: ann.actor.sessionId,
  email: 'someone@example.org',
  password: 'a long sentence is a good one',
});
