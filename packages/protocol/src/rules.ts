/** Rules of the contract that clients apply too; without schemas, as `routes.ts`. */
export { type MentionWord, mentionWords } from './chat/mention-words.ts';
export { messageCanOf } from './chat/message-can.ts';
export { isServerPath, serverPaths } from './core/server-paths.ts';
export { orderSizes } from './orders/limits.ts';
export { orderCanOf } from './orders/order-can.ts';
