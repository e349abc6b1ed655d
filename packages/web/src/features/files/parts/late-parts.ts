import { late } from '../../../ui/late.tsx';

/** The files of messages, apart from the first screen: fetched at once, beside the messages. */
export const MessageFiles = late(async () => (await import('./message-files.tsx')).MessageFiles);
export const ConversationFiles = late(async () => (await import('./conversation-files.tsx')).ConversationFiles);
export const PendingFiles = late(async () => (await import('./pending-files.tsx')).PendingFiles);
export const StagedFiles = late(async () => (await import('./staged-files.tsx')).StagedFiles);

// Without a connection they are tried again when they are drawn.
for (const { preload } of [MessageFiles, PendingFiles, StagedFiles]) preload().catch(() => undefined);
