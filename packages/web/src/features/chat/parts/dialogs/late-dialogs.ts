import { late } from '../../../../ui/late.tsx';

/** The dialogs that begin or find a conversation: fetched once the first screen is drawn. */
export const BrowseDialog = late(async () => (await import('./browse-dialog.tsx')).BrowseDialog);
export const NewChannelDialog = late(async () => (await import('./new-channel-dialog.tsx')).NewChannelDialog);
export const NewDirectDialog = late(async () => (await import('./new-direct-dialog.tsx')).NewDirectDialog);
