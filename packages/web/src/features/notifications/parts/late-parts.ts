import { late } from '../../../ui/late.tsx';

/** What a conversation tells me, apart from the first screen. */
export const ConversationBell = late(async () => (await import('./conversation-bell.tsx')).ConversationBell);
