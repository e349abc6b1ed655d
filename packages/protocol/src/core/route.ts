import type { OperationSpec } from './operation.ts';

/**
 * What a client needs to know to call an operation; every app loads it before its first screen. `access` and `secret`
 * are set only for public operations.
 */
export interface Route
  extends Pick<OperationSpec, 'method' | 'path' | 'event' | 'readOnly' | 'body' | 'files'>,
    Partial<Pick<OperationSpec, 'access' | 'secret'>> {
  /** `group.verb`, as in `messages.send`. */
  name: string;
}
