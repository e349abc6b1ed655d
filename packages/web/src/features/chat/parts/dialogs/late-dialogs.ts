import { late } from '../../../../ui/late.tsx';

/** The dialogs that begin or find a conversation: fetched once the first screen is drawn. */
export const BrowseDialog = late(async () => {
  const { BrowseDialog: Part } = await import('./browse-dialog.tsx');
  return { default: Part };
});
export const NewChannelDialog = late(async () => {
  const { NewChannelDialog: Part } = await import('./new-channel-dialog.tsx');
  return { default: Part };
});
export const NewDirectDialog = late(async () => {
  const { NewDirectDialog: Part } = await import('./new-direct-dialog.tsx');
  return { default: Part };
});
