import { late } from '../../../../ui/late.tsx';

/** Parts of a message that are shown on hover or after a click, loaded after the first screen. */
export const EditForm = late(async () => (await import('./edit-form.tsx')).EditForm);
export const HistoryDialog = late(async () => (await import('./history-dialog.tsx')).HistoryDialog);
export const MessageActions = late(async () => (await import('./message-actions.tsx')).MessageActions);

// Loaded along with the first messages; without a connection they are tried again when they are rendered.
for (const { preload } of [EditForm, HistoryDialog, MessageActions]) preload().catch(() => undefined);
