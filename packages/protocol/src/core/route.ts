import type { OperationSpec } from './operation.ts';

/**
 * What a client needs to know in order to call an operation; every app loads it before its first screen. `access` and
 * `secret` are given for public operations alone.
 */
export interface Route
  extends Pick<OperationSpec, 'method' | 'path' | 'event' | 'readOnly' | 'body' | 'files'>,
    Partial<Pick<OperationSpec, 'access' | 'secret'>> {
  /** `group.verb`, as in `messages.send`. */
  name: string;
}
