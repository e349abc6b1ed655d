import type { Who } from './cast.ts';
import type { Calendar, Step } from './stage.ts';

interface Room {
  key: string;
  daysAgo: number;
  who: Who;
  kind: 'channel' | 'group' | 'direct' | 'support';
  name?: string;
  topic?: string;
  visibility?: 'private';
  members: readonly Who[];
}

const EVERYONE: readonly Who[] = ['mira', 'ngozi', 'yuki', 'layla', 'olena', 'max'];

const ROOMS: readonly Room[] = [
  {
    key: 'planting',
    daysAgo: 28,
    who: 'you',
    kind: 'channel',
    name: 'planting',
    topic: 'What goes into which bed, and when',
    members: EVERYONE,
  },
  {
    key: 'market-stall',
    daysAgo: 28,
    who: 'you',
    kind: 'channel',
    name: 'market-stall',
    topic: 'Saturdays, 7 to 13',
    members: ['mira', 'ngozi', 'layla', 'max'],
  },
  {
    key: 'greenhouse',
    daysAgo: 27,
    who: 'yuki',
    kind: 'channel',
    name: 'greenhouse',
    topic: 'Sensors, heating, and everything under glass',
    members: ['you', 'olena', 'max', 'priya'],
  },
  {
    key: 'board',
    daysAgo: 26,
    who: 'you',
    kind: 'channel',
    name: 'board',
    topic: 'Money, the lease, and who has the keys',
    visibility: 'private',
    members: ['mira', 'ngozi'],
  },
  { key: 'with mira', daysAgo: 20, who: 'mira', kind: 'direct', members: ['you'] },
  { key: 'with layla', daysAgo: 14, who: 'layla', kind: 'direct', members: ['you'] },
  { key: 'with yuki', daysAgo: 9, who: 'you', kind: 'direct', members: ['yuki'] },
  { key: 'harvest', daysAgo: 8, who: 'olena', kind: 'group', members: ['you', 'ngozi', 'max'] },
  { key: 'case of haneul', daysAgo: 6, who: 'haneul', kind: 'support', members: [] },
  { key: 'case of tomas', daysAgo: 3, who: 'tomas', kind: 'support', members: [] },
];

/** The channels, and the partners of direct conversations. */
export function conversationSteps(calendar: Calendar): Step[] {
  const general: Step = {
    at: calendar.on(28, '08:01'),
    who: 'you',
    async run(api, stage) {
      const { items } = await api.conversations.list({ workspaceId: stage.workspaceId });
      stage.put('general', items[0]?.id ?? '');
    },
  };
  const rooms = ROOMS.map(
    ({ key, daysAgo, who, members, ...room }): Step => ({
      at: calendar.on(daysAgo, '08:05'),
      who,
      async run(api, stage) {
        const memberIds = members.map((member) => stage.id(member));
        stage.put(key, (await api.conversations.create({ workspaceId: stage.workspaceId, memberIds, ...room })).id);
      },
    }),
  );
  return [general, ...rooms];
}
