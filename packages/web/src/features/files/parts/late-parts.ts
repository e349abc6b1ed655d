import { late } from '../../../ui/late.tsx';

/** The files of messages, apart from the first screen: fetched at once, beside the messages. */
export const MessageFiles = late(async () => {
  const { MessageFiles: Part } = await import('./message-files.tsx');
  return { default: Part };
});
export const PendingFiles = late(async () => {
  const { PendingFiles: Part } = await import('./pending-files.tsx');
  return { default: Part };
});
export const StagedFiles = late(async () => {
  const { StagedFiles: Part } = await import('./staged-files.tsx');
  return { default: Part };
});

// Without a connection they are tried again when they are drawn.
for (const { preload } of [MessageFiles, PendingFiles, StagedFiles]) preload().catch(() => undefined);
