import type { OperationSpec } from './operation.ts';

/** What a client needs to know in order to call an operation: everything but its schemas and texts. */
export interface Route
  extends Pick<
    OperationSpec,
    'method' | 'path' | 'access' | 'event' | 'readOnly' | 'body' | 'files' | 'secret' | 'unverified' | 'sessionOnly'
  > {
  /** `group.verb`, as in `messages.send`. */
  name: string;
}
