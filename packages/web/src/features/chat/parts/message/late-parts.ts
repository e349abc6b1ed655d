import { late } from '../../../../ui/late.tsx';

/** Parts of a message that pointing at it or a press opens, apart from the first screen. */
export const EditForm = late(async () => (await import('./edit-form.tsx')).EditForm);
export const HistoryDialog = late(async () => (await import('./history-dialog.tsx')).HistoryDialog);
export const MessageActions = late(async () => (await import('./message-actions.tsx')).MessageActions);

// Fetched beside the first messages; without a connection they are tried again when they are drawn.
for (const { preload } of [EditForm, HistoryDialog, MessageActions]) preload().catch(() => undefined);
