export * from './conversation.ts';
export * from './conversation-operations.ts';
export * from './events.ts';
export * from './message.ts';
export * from './message-operations.ts';
export * from './reaction.ts';
export * from './receipt.ts';
export * from './typing.ts';
