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

/** The default preferences. */
export const DEFAULT_PREFERENCES: NotificationPreferences = {
  channels: CHANNELS,
  quietHours: { enabled: false, from: '21:00', to: '07:00', days: [1, 2, 3, 4, 5, 6, 7] },
  digest: { mode: 'off', time: '08:00' },
  hourlyCap: 30,
};

/** The fields of `defaults`, overridden by those that are given in `changes`. */
function withGiven<Fields extends object>(
  defaults: Fields,
  changes: { [Name in keyof Fields]?: Fields[Name] | undefined } = {},
): Fields {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}

/** A person's preferences: the defaults with their changes. */
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

/** Merges newer changes into earlier ones. */
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
