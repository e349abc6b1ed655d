import { late } from '../../../../ui/late.tsx';

/** Parts of a message that a press opens, apart from the first screen. */
export const EditForm = late(async () => {
  const { EditForm: Part } = await import('./edit-form.tsx');
  return { default: Part };
});
export const HistoryDialog = late(async () => {
  const { HistoryDialog: Part } = await import('./history-dialog.tsx');
  return { default: Part };
});

// Fetched beside the first messages; without a connection they are tried again when they are drawn.
for (const { preload } of [EditForm, HistoryDialog]) preload().catch(() => undefined);
