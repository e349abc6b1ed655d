import { late } from '../../../../ui/late.tsx';

/** Parts of a message that a press opens, apart from the first screen. */
export const EditForm = late(async () => (await import('./edit-form.tsx')).EditForm);
export const HistoryDialog = late(async () => (await import('./history-dialog.tsx')).HistoryDialog);

// Fetched beside the first messages; without a connection they are tried again when they are drawn.
for (const { preload } of [EditForm, HistoryDialog]) preload().catch(() => undefined);
