import { isServerPath } from '@atrium/protocol/rules';

/** Whether the page of the app answers a path. Paths with an extension are files. Pure. */
export function isPageAddress(path: string): boolean {
  return !/\.[a-z0-9]+$/i.test(path) && !isServerPath(path);
}
