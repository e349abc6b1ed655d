/** Rules of the contract that clients use too; without schemas, like `routes.ts`. */
export { type MentionWord, mentionWords } from './chat/mention-words.ts';
export { messageCanOf } from './chat/message-can.ts';
export { isServerPath, serverPaths } from './core/server-paths.ts';
export { orderSizes } from './orders/limits.ts';
export { orderCanOf } from './orders/order-can.ts';
