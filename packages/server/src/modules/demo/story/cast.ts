import type { WorkspaceRole } from '@atrium/protocol';

/** An invented person. */
interface Role {
  name: string;
  username: string;
  timezone: string;
  role: Exclude<WorkspaceRole, 'owner'>;
}

/** The invented people. Some have long names or names in other scripts. */
export const CAST = {
  mira: { name: 'Mira Lindqvist', username: 'mira.lindqvist', timezone: 'Europe/Stockholm', role: 'admin' },
  ngozi: { name: 'Ngozi Okafor-Adeyemi', username: 'ngozi.okafor', timezone: 'Africa/Lagos', role: 'member' },
  yuki: { name: '田中 優希', username: 'yuki.tanaka', timezone: 'Asia/Tokyo', role: 'member' },
  layla: { name: 'ليلى حداد', username: 'layla.haddad', timezone: 'Asia/Beirut', role: 'member' },
  olena: { name: 'Олена Коваль', username: 'olena.koval', timezone: 'Europe/Kyiv', role: 'member' },
  max: {
    name: 'Maximilian von Hohenlohe-Waldenburg',
    username: 'max.hohenlohe',
    timezone: 'Europe/Berlin',
    role: 'member',
  },
  priya: { name: 'Priya Raghunathan', username: 'priya.raghunathan', timezone: 'Asia/Kolkata', role: 'guest' },
  tomas: { name: 'Tomás Herrera', username: 'tomas.herrera', timezone: 'Europe/Madrid', role: 'customer' },
  haneul: { name: '김하늘', username: 'haneul.kim', timezone: 'Asia/Seoul', role: 'customer' },
} as const satisfies Record<string, Role>;

export type Invented = keyof typeof CAST;
/** The person who loads the demo is one of them. */
export type Who = Invented | 'you';

export const INVENTED = Object.keys(CAST) as Invented[];
