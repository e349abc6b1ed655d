import type { ValidValues } from '../../../../test/bad-input/valid-values.ts';

export const validValues: ValidValues = async ({ ann, workspaceId }) => ({
  workspaceId,
  code: (await ann.call('workspaces.joinCode', { workspaceId })).code,
});
