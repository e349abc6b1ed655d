import { randomBytes } from 'node:crypto';
import { calendar } from '@atrium/protocol';
import { command, type Implementation, read, secretUrl } from '../../platform/module/index.ts';
import { recordAudit } from '../identity/index.ts';
import { FEED_PATH, secretHash } from './feed.ts';
import { deleteFeed, feedSince, putFeed } from './store.ts';

const SECRET_BYTES = 32;

/** Operations for the secret URL of a person's calendar feed. */
export function calendarOperations({ appUrl }: { appUrl: string }): Implementation[] {
  return [
    read(calendar.get, async ({ actor, db }) => ({
      createdAt: (await feedSince(db, actor.userId))?.toISOString() ?? null,
    })),

    command(calendar.rotate, async (context) => {
      const { actor, now, tx } = context;
      const secret = randomBytes(SECRET_BYTES).toString('base64url');
      await putFeed(tx, actor.userId, secretHash(secret), now);
      await recordAudit(tx, context, { kind: 'calendar_rotated', actorId: actor.userId, targetId: actor.userId });
      return { url: secretUrl(appUrl, FEED_PATH, secret), createdAt: now.toISOString() };
    }),

    command(calendar.disable, async ({ actor, tx }) => {
      await deleteFeed(tx, actor.userId);
      return {};
    }),
  ];
}
