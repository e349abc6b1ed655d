import { isOwnAddress } from '../text/own-address.ts';

/** What a push message of the server says. */
export interface PushMessage {
  /** Of the notification; a newer message about it takes the place of an earlier one. */
  id: string;
  title: string;
  body: string;
  /** Path of the app. */
  link: string;
  /** Unread notifications in all. */
  unread: number;
}

/** Where a message leads that is about nothing in particular. */
const ALL = '/inbox/notifications';

/** Reads a push message; undefined for what is none. Pure. */
export function readPushMessage(text: string): PushMessage | undefined {
  try {
    const { id, title, body, link, unread }: Record<string, unknown> = JSON.parse(text);
    if (typeof id !== 'string' || typeof title !== 'string') return undefined;
    return {
      id,
      title,
      body: typeof body === 'string' ? body : '',
      link: isOwnAddress(link) ? link : ALL,
      unread: typeof unread === 'number' ? unread : 0,
    };
  } catch {
    return undefined;
  }
}
