import { late } from '../../../../ui/late.tsx';

/** The dialogs to create or find a conversation: loaded after the first screen is rendered. */
export const BrowseDialog = late(async () => (await import('./browse-dialog.tsx')).BrowseDialog);
export const NewChannelDialog = late(async () => (await import('./new-channel-dialog.tsx')).NewChannelDialog);
export const NewDirectDialog = late(async () => (await import('./new-direct-dialog.tsx')).NewDirectDialog);
