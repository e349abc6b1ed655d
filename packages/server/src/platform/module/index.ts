// Everything that features are written with. Files whose types modules extend are exported as a whole, for declaration
// merging.
export { CommittedProblem, type ProblemDetails, ProblemError, problem } from '../problem/index.ts';
export * from '../transact/index.ts';
export * from './access.ts';
export { type Actor, type AnonymousActor, anonymous, type UserActor } from './actor.ts';
export type { Backfill, BackfillCall, BackfillOptions, BackfillSettings, StartBackfill } from './backfill.ts';
export type { Answer, Call, OperationExecutor } from './call.ts';
export {
  type CallContext,
  type CommandContext,
  type CommandLocks,
  type Cookies,
  type CookieTokens,
  command,
  direct,
  type Implementation,
  type Lock,
  preparedCommand,
  type ReadContext,
  read,
  type UploadContext,
  uploading,
} from './context.ts';
export { decodeCursor, encodeCursor, invalidCursor, isCursorInstant } from './cursor.ts';
export type { IncomingFile } from './files.ts';
export {
  type AccessHold,
  type AccessHolds,
  type CallerHold,
  commandsWithoutHold,
  holdSubject,
  whenToHoldCaller,
} from './holds.ts';
export { cutPage, type IdPage, idPage } from './id-page.ts';
export { type Keyset, keyset, type Page } from './keyset.ts';
export type { TableLifecycle, TableLifecycles, WhenGone } from './lifecycle.ts';
export * from './module.ts';
export { noCookies } from './no-cookies.ts';
export { collect, createRegistry, type Registry } from './registry.ts';
export {
  type Content,
  type ContentRequest,
  type ContentRoute,
  type Download,
  type DownloadFile,
  type Feed,
  type PlainAnswer,
  type PlainRequest,
  type PlainRoute,
  secretUrl,
} from './routes.ts';
