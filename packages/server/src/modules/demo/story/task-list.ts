import type { Who } from './cast.ts';

/** A task of the story. */
export interface Job {
  key: string;
  title: string;
  who: Who;
  created: number;
  members: readonly Who[];
  status?: 'in-progress' | 'completed';
  /** Days ago. */
  done?: number;
  priority?: 'low' | 'high';
  category?: string;
  labels?: readonly Label[];
  dueIn?: number;
  description?: string;
  weekly?: true;
  parent?: string;
  comments?: readonly [who: Who, daysAgo: number, content: string][];
}

export const LABELS = {
  outdoors: '#4d7c0f',
  greenhouse: '#0f766e',
  market: '#b45309',
  'open day': '#7c3aed',
  repair: '#475569',
};
type Label = keyof typeof LABELS;

/** The tasks of the story. */
export const JOBS: readonly Job[] = [
  {
    key: 'lemon trees',
    title: 'Repot the lemon trees',
    who: 'olena',
    created: 9,
    members: ['you', 'olena', 'yuki'],
    status: 'in-progress',
    priority: 'high',
    category: 'Greenhouse',
    labels: ['greenhouse'],
    dueIn: 0,
    description:
      'The twelve big ones. Pots are behind the shed, soil is in the **second** bay.\n\n- loosen the roots\n- cut what is dead\n- water only the next day',
    comments: [
      ['olena', 8, 'Six are done. Number four has scale insects, please wash it before it goes back.'],
      ['yuki', 2, '4番の木、きれいになりました。'],
      ['you', 1, 'Then only the three by the door are left.'],
    ],
  },
  {
    key: 'pots',
    title: 'Fetch the big pots',
    who: 'olena',
    created: 9,
    members: ['max'],
    done: 8,
    category: 'Greenhouse',
    parent: 'lemon trees',
  },
  {
    key: 'soil',
    title: 'Mix citrus soil',
    who: 'olena',
    created: 9,
    members: ['olena'],
    done: 7,
    category: 'Greenhouse',
    parent: 'lemon trees',
  },
  {
    key: 'door',
    title: 'The three trees by the door',
    who: 'you',
    created: 2,
    members: ['you'],
    category: 'Greenhouse',
    parent: 'lemon trees',
  },
  {
    key: 'open day',
    title: 'Plan the open day',
    who: 'max',
    created: 12,
    members: ['you', 'max', 'layla', 'ngozi'],
    status: 'in-progress',
    category: 'Events',
    labels: ['open day'],
    dueIn: 5,
    comments: [
      ['max', 6, 'Permit is here. We may use the meadow for parking.'],
      ['layla', 3, 'سأحضر ثلاث كعكات وطاولة إضافية.'],
    ],
  },
  {
    key: 'signs',
    title: 'Paint signs for the beds',
    who: 'max',
    created: 6,
    members: ['layla'],
    labels: ['open day'],
    category: 'Events',
    dueIn: 4,
    parent: 'open day',
  },
  {
    key: 'tables',
    title: 'Bring the folding tables',
    who: 'max',
    created: 2,
    members: ['max'],
    labels: ['open day'],
    category: 'Events',
    dueIn: 5,
    parent: 'open day',
  },
  {
    key: 'frost',
    title: 'Cover the beds for the frost',
    who: 'mira',
    created: 1,
    members: ['you', 'ngozi'],
    priority: 'high',
    category: 'Beds',
    labels: ['outdoors'],
    dueIn: 0,
  },
  {
    key: 'seed potatoes',
    title: 'Collect the seed potatoes',
    who: 'mira',
    created: 4,
    members: ['you'],
    category: 'Beds',
    labels: ['outdoors'],
    dueIn: 1,
  },
  {
    key: 'vent',
    title: 'Repair vent 3 of the greenhouse so that it opens by itself again when it is above 24 degrees',
    who: 'max',
    created: 15,
    members: ['max', 'priya'],
    status: 'in-progress',
    category: 'Greenhouse',
    labels: ['greenhouse', 'repair'],
    dueIn: -3,
  },
  {
    key: 'hose',
    title: 'Replace the leaking hose at the north tap',
    who: 'olena',
    created: 12,
    members: ['you'],
    category: 'Tools',
    labels: ['repair', 'outdoors'],
    dueIn: -2,
    priority: 'low',
  },
  {
    key: 'stall',
    title: 'Load the stall',
    who: 'ngozi',
    created: 20,
    members: ['ngozi', 'max'],
    category: 'Market',
    labels: ['market'],
    dueIn: 3,
    weekly: true,
  },
  {
    key: 'offers',
    title: 'Two offers for the second tunnel',
    who: 'you',
    created: 5,
    members: ['mira'],
    category: 'Money',
    dueIn: 9,
  },
  {
    key: 'labels',
    title: 'Print labels for the herb pots',
    who: 'you',
    created: 3,
    members: ['you', 'layla'],
    category: 'Market',
    labels: ['market'],
    dueIn: 2,
  },
  {
    key: 'sensors',
    title: 'Alert below 8 °C',
    who: 'yuki',
    created: 10,
    members: ['yuki', 'priya'],
    status: 'in-progress',
    category: 'Greenhouse',
    labels: ['greenhouse'],
    dueIn: 6,
  },
  {
    key: 'mint',
    title: 'Keep the mint in its corner',
    who: 'layla',
    created: 19,
    members: ['layla'],
    category: 'Beds',
    priority: 'low',
  },
  {
    key: 'compost',
    title: 'Turn the compost',
    who: 'you',
    created: 7,
    members: ['you', 'olena'],
    category: 'Beds',
    labels: ['outdoors'],
    done: 1,
  },
  {
    key: 'newsletter',
    title: 'Write the newsletter',
    who: 'you',
    created: 4,
    members: ['you'],
    category: 'Events',
    dueIn: 7,
  },
  {
    key: 'bees',
    title: 'Ask the beekeeper about two hives',
    who: 'yuki',
    created: 8,
    members: ['yuki'],
    category: 'Beds',
  },
];

/** The days on which tasks were completed, in days ago. */
export const DONE: readonly [title: string, category: string, who: Who, daysAgo: number][] = [
  ['Water the seedlings', 'Greenhouse', 'you', 27],
  ['Sharpen the hoes', 'Tools', 'you', 26],
  ['Sow the beans', 'Beds', 'yuki', 26],
  ['Mark the paths', 'Beds', 'you', 25],
  ['Clean the rain barrels', 'Tools', 'olena', 24],
  ['Prune the apple trees', 'Beds', 'you', 23],
  ['Stack the firewood', 'Tools', 'you', 23],
  ['Install the sensors', 'Greenhouse', 'yuki', 22],
  ['Plant out the seedlings', 'Beds', 'you', 20],
  ['Build the cold frame', 'Tools', 'mira', 20],
  ['Order chard seeds', 'Market', 'you', 19],
  ['Weed bed 2', 'Beds', 'you', 18],
  ['Count the crates', 'Market', 'max', 18],
  ['File the lease', 'Money', 'mira', 16],
  ['Tie up the tomatoes', 'Greenhouse', 'you', 14],
  ['Weed bed 4', 'Beds', 'you', 13],
  ['Mulch the strawberries', 'Beds', 'you', 12],
  ['Prick out the lettuce', 'Greenhouse', 'you', 11],
  ['Price list for the summer', 'Market', 'mira', 11],
  ['Clean the pump', 'Tools', 'you', 9],
  ['Pick the apples', 'Beds', 'you', 6],
  ['Sort the gloves', 'Tools', 'you', 5],
  ['Check the fire extinguishers', 'Tools', 'you', 4],
  ['Book the van', 'Market', 'you', 3],
  ['Sow winter spinach', 'Beds', 'you', 2],
  ['Mend the gate', 'Tools', 'you', 1],
];
