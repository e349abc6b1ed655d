/** The kinds of delivery that this module plans itself. */
export const NOTIFICATION = 'notification';
export const DIGEST = 'notification_digest';
