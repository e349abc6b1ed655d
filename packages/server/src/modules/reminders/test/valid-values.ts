import type { ValidValues } from '../../../../test/bad-input/valid-values.ts';

export const validValues: ValidValues = async ({ ann }) => {
  const scheduledAt = new Date(Date.now() + 86_400_000).toISOString();
  const { id: reminderId } = await ann.call('reminders.create', { message: 'Water the plants', scheduledAt });
  return { reminderId };
};
