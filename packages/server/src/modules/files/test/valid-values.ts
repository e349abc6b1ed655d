import type { ValidValues } from '../../../../test/bad-input/valid-values.ts';

export const validValues: ValidValues = async ({ ann, workspaceId }) => {
  const files = [{ name: 'plan.txt', type: 'text/plain', content: 'Roses, then beans' }];
  const {
    attachments: [added],
  } = await ann.call('attachments.upload', { workspaceId }, { files });
  return { attachmentId: added?.id ?? '' };
};
