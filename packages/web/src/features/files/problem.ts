import { fileSizes } from '@atrium/protocol/file-limits';
import { t } from '@lingui/core/macro';
import { problemCode, problemText } from '../../i18n/problems.ts';

const MEGABYTE = 1024 * 1024;

/** Why files were refused, in words. */
export function filesProblem(error: unknown): string {
  const megabytes = fileSizes.file / MEGABYTE;
  switch (problemCode(error)) {
    case 'payload_too_large':
      return t`Too large: a file may have ${megabytes} MB.`;
    case 'bad_type':
      return t`This type of file is not accepted, or its content is not what its name says.`;
    case 'rate_limited':
      return t`You have uploaded too often in the last hour. Try again later.`;
    default:
      return problemText(error);
  }
}
