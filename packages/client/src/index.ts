export type { Api, EventData, EventMeta, Message, Problem, ProblemCode, Snapshot, StreamName } from '@atrium/protocol';
export type { InputNamed, OperationName, OutputNamed } from './api-names.ts';
export { type AtriumClient, createClient } from './client.ts';
export type { ClientEvents } from './client-events.ts';
export { type ClientState, personOf, type Timeline, timeline } from './client-state.ts';
export { AtriumError, type LocalCode } from './error.ts';
export type { HistoryQuery, ThreadQuery } from './history.ts';
export type { UploadFile, UploadProgress } from './http/files.ts';
export type { CallOptions } from './http/rest.ts';
export type { KeptState, StateStorage } from './keeping/kept-state.ts';
export type { ConnectionStatus } from './live/connection.ts';
export type { Live } from './live/live.ts';
export type { ClientOptions } from './options.ts';
export type { CommandIntent, QueuedCommand } from './sending/command-queue.ts';
export type { PendingMessage, SendIntent, SendOptions } from './sending/intent.ts';
export type { SendTarget } from './sending/sender.ts';
export {
  type IntentStorage,
  type KeyValueStore,
  memoryStorage,
  type OutboxStorage,
  webStorage,
} from './sending/storage.ts';
export type { Tokens } from './session.ts';
export type { ById } from './state/by-id.ts';
export { type Delivery, deliveryOf } from './state/chat/delivery.ts';
export { messageCan } from './state/chat/message-can.ts';
export type { LiveConversation, MessageWindow, ThreadWindow } from './state/chat/state.ts';
export { typists } from './state/chat/typing.ts';
export type { LiveEvent, VolatileEvent } from './state/event.ts';
export { replay } from './state/live-feed.ts';
export { apply, fromSnapshot, type LiveState } from './state/live-state.ts';
export { type Placed, StreamTracker } from './state/stream-tracker.ts';
export type { VolatileState } from './state/volatile.ts';
export type { LiveWorkspace } from './state/workspaces.ts';
export { randomId } from './uuid.ts';
