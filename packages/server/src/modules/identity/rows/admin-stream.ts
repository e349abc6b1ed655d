import type { StreamName } from '@atrium/protocol';

/** There is one such stream, so its id is the same on every instance. */
export const ADMIN_STREAM_ID = '00000000-0000-0000-0000-000000000000';

/** The stream of the administrators of the instance. It carries volatile events only. */
export const adminStream: StreamName = `admin:${ADMIN_STREAM_ID}`;
