import { leftOut, type PersonRow, type Row } from '../../rows/neutral.ts';
import { type SlackUser, slackUser } from './format.ts';

/** Slack itself and its bot are not listed. */
const SLACKBOT = 'USLACKBOT';

/** The people of users.json. */
export function* peopleRows(list: unknown, where: string): Generator<Row, void> {
  const entries = Array.isArray(list) ? list : [];
  if (!Array.isArray(list)) yield leftOut(where, 'is no list of people');
  const names = new Map<string, number>();
  for (const [at, entry] of entries.entries()) {
    const place = `${where}, entry ${at + 1}`;
    const user = slackUser.safeParse(entry).data;
    if (user === undefined) yield leftOut(place, 'has no id');
    else yield personRow(user, place, names);
  }
  yield { kind: 'person', key: SLACKBOT, where, name: 'Slackbot', role: 'member', isActive: false };
}

function personRow(user: SlackUser, where: string, names: Map<string, number>): PersonRow {
  const { id, name: username, deleted = false, is_bot: isBot = false, profile, real_name, tz } = user;
  const name = first(profile.display_name, profile.real_name, real_name, username) ?? id;
  const seen = names.get(name) ?? 0;
  names.set(name, seen + 1);
  const lost = [
    ...(profile.is_custom_image ? ['the picture'] : []),
    ...(profile.title ? [`the title “${profile.title}”`] : []),
    ...(profile.phone ? ['the phone number'] : []),
  ];
  const notes = [
    ...(deleted ? ['had left Slack: is only an author here'] : []),
    ...(isBot ? ['is an app: is only an author here'] : []),
    ...(lost.length > 0 ? [`not imported: ${lost.join(', ')}`] : []),
    ...(seen > 0 ? [`${seen + 1} people are called ${name}`] : []),
  ];
  const isActive = !deleted && !isBot;
  return {
    kind: 'person',
    key: id,
    where,
    name,
    username,
    email: first(profile.email),
    role: roleOf(user),
    timezone: tz,
    isActive,
    notes,
  };
}

const first = (...names: (string | undefined)[]) => names.find((name) => name !== undefined && name.trim() !== '');

function roleOf({ is_admin, is_owner, is_restricted, is_ultra_restricted }: SlackUser): PersonRow['role'] {
  if (is_restricted || is_ultra_restricted) return 'guest';
  return is_admin || is_owner ? 'admin' : 'member';
}
