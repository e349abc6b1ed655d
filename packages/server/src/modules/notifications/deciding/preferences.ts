import {
  type NotificationChannels,
  type NotificationPreferences,
  type NotificationType,
  notificationTypes,
  type PreferenceChanges,
} from '@atrium/protocol';

const everywhere: NotificationChannels = { app: true, mail: true, push: true };
const withoutMail: NotificationChannels = { ...everywhere, mail: false };

const CHANNELS: Record<NotificationType, NotificationChannels> = {
  overdue: everywhere,
  upcoming: everywhere,
  reminder: everywhere,
  mention: everywhere,
  message: withoutMail,
  task: withoutMail,
  order: everywhere,
  product: { app: true, mail: false, push: false },
  general: { app: true, mail: false, push: false },
};

/** What applies to whoever changed nothing. */
export const DEFAULT_PREFERENCES: NotificationPreferences = {
  channels: CHANNELS,
  quietHours: { enabled: false, from: '21:00', to: '07:00', days: [1, 2, 3, 4, 5, 6, 7] },
  digest: { mode: 'off', time: '08:00' },
  hourlyCap: 30,
};

/** The fields of `defaults` with those that are given in `changes`. */
function withGiven<Fields extends object>(
  defaults: Fields,
  changes: { [Name in keyof Fields]?: Fields[Name] | undefined } = {},
): Fields {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}

/** The preferences of someone who changed this of the defaults. */
export function preferencesWith(changes: PreferenceChanges = {}): NotificationPreferences {
  const channels = Object.fromEntries(
    notificationTypes.map((type) => [type, withGiven(CHANNELS[type], changes.channels?.[type])]),
  ) as Record<NotificationType, NotificationChannels>;
  return {
    channels,
    quietHours: withGiven(DEFAULT_PREFERENCES.quietHours, changes.quietHours),
    digest: withGiven(DEFAULT_PREFERENCES.digest, changes.digest),
    hourlyCap: changes.hourlyCap ?? DEFAULT_PREFERENCES.hourlyCap,
  };
}

/** Earlier changes with newer ones over them. */
export function mergedChanges(before: PreferenceChanges, wanted: PreferenceChanges): PreferenceChanges {
  const types = notificationTypes.filter((type) => before.channels?.[type] ?? wanted.channels?.[type]);
  return {
    ...before,
    ...wanted,
    channels: Object.fromEntries(
      types.map((type) => [type, { ...before.channels?.[type], ...wanted.channels?.[type] }]),
    ),
    quietHours: { ...before.quietHours, ...wanted.quietHours },
    digest: { ...before.digest, ...wanted.digest },
  };
}
