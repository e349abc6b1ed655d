import type { Who } from './cast.ts';

/** Minutes ago, or days ago with a time of day. */
export type When = number | [daysAgo: number, time: `${number}:${number}`];

interface Extra {
  /** The name of the message in the story. */
  key?: string;
  replyTo?: string;
  reactions?: Readonly<Record<string, readonly Who[]>>;
  pinnedBy?: Who;
}

/** One message. */
export type Line = [room: string, who: Who, when: When, content: string, extra?: Extra];

/** The messages, by conversation. */
export const LINES: readonly Line[] = [
  // general
  [
    'general',
    'you',
    [27, '09:10'],
    'Welcome, everyone! Plans go to #planting, the stall to #market-stall. Keys hang behind the blue door.',
    { pinnedBy: 'mira', reactions: { '🌱': ['mira', 'ngozi', 'yuki', 'olena'] } },
  ],
  ['general', 'mira', [27, '09:14'], 'The kettle works again. It only needed to be asked nicely.'],
  [
    'general',
    'layla',
    [21, '08:40'],
    'صباح الخير! وصلت الشتلات اليوم، وكلها بحالة ممتازة 🌿',
    { reactions: { '❤️': ['you', 'olena'] } },
  ],
  ['general', 'you', [21, '08:52'], 'Wonderful. Put them in the shade until noon, they had a long trip.'],
  [
    'general',
    'yuki',
    [14, '18:05'],
    '今日の収穫：トマト 12kg、きゅうり 8kg。写真はあとで送ります。',
    { reactions: { '🍅': ['you', 'mira', 'ngozi', 'max'], '👏': ['layla'] } },
  ],
  ['general', 'olena', [13, '07:58'], 'Доброго ранку! Воду в кранах на північній стороні вимкнено до обіду.'],
  ['general', 'mira', [13, '08:02'], 'Thanks, Olena. For everyone: no water at the north taps until noon.'],
  [
    'general',
    'ngozi',
    [7, '12:20'],
    'Somebody left **eleven** pairs of gloves in the shed. Some of them might even match.',
    { reactions: { '😄': ['you', 'max', 'mira'], '🧤': ['olena'] } },
  ],
  [
    'general',
    'max',
    [2, '16:45'],
    'Open day is on the board now. We expect about 120 people, so we need six at the gate and four at the cake.',
    { key: 'open day', reactions: { '🎂': ['ngozi', 'layla', 'you'] } },
  ],
  ['general', 'layla', [2, '16:51'], 'I take cake.', { replyTo: 'open day' }],
  [
    'general',
    'ngozi',
    [2, '16:53'],
    'Of course you do. Gate for me.',
    { replyTo: 'open day', reactions: { '😄': ['layla'] } },
  ],
  ['general', 'you', [2, '17:10'], 'Gate too. Who has the folding tables?', { replyTo: 'open day' }],
  ['general', 'max', [2, '17:32'], 'In my barn, all nine. I bring them on Friday.', { replyTo: 'open day' }],
  [
    'general',
    'mira',
    52,
    'Frost warning for tonight, −2 °C from about four. Fleece is in the tunnel.',
    { reactions: { '🥶': ['ngozi', 'olena'] } },
  ],
  ['general', 'ngozi', 38, 'Bed 1 to 4 are covered. @channel can somebody do the lemon trees?', { key: 'lemons' }],

  // planting
  ['planting', 'mira', [26, '10:00'], 'Bed 3 is free, the radishes are out.'],
  ['planting', 'yuki', [26, '10:04'], 'Then beans. The soil has had 14 degrees since Tuesday.'],
  ['planting', 'max', [26, '10:06'], 'Seeds are in the blue box, second shelf.'],
  [
    'planting',
    'olena',
    [19, '11:30'],
    'Rotation for the next season, so that nobody plants tomatoes after tomatoes:\n\n1. Bed 1: potatoes → **beans**\n2. Bed 2: beans → **cabbage**\n3. Bed 3: cabbage → **onions**\n4. Bed 4: onions → **potatoes**\n\n> Bed 5 rests. It has earned it.',
    { pinnedBy: 'you', reactions: { '✅': ['mira', 'yuki', 'you'], '🥔': ['max'] } },
  ],
  ['planting', 'layla', [19, '11:42'], 'Can we keep a corner of bed 5 for mint? It grows there anyway.'],
  [
    'planting',
    'olena',
    [19, '11:44'],
    'A _corner_. We all remember last year.',
    { reactions: { '🌿': ['layla', 'mira', 'ngozi', 'you'] } },
  ],
  [
    'planting',
    'yuki',
    [11, '09:15'],
    'Nine out of ten beans came up. The tenth is thinking about it.',
    { reactions: { '🫘': ['you', 'olena'] } },
  ],
  [
    'planting',
    'you',
    [11, '09:21'],
    'It has a name now: Tenth Bean.',
    { reactions: { '😄': ['yuki', 'mira', 'max', 'layla'] } },
  ],
  [
    'planting',
    'mira',
    [4, '08:30'],
    'The nursery has no more `Rosella` seed potatoes. `Belana` instead? Same price, a week earlier.',
    { key: 'potatoes' },
  ],
  [
    'planting',
    'olena',
    [4, '08:47'],
    'Belana is fine, it keeps well.',
    { replyTo: 'potatoes', reactions: { '👍': ['you', 'mira'] } },
  ],
  ['planting', 'mira', [4, '09:02'], 'Ordered: 25 kg, they come on Monday in two boxes.', { replyTo: 'potatoes' }],
  ['planting', 'max', [1, '17:20'], 'The new compost is wonderful and smells like it, too.'],
  ['planting', 'olena', [1, '17:26'], 'Two barrows for each bed, please, and keep it away from the stems.'],
  [
    'planting',
    'yuki',
    31,
    'Tenth Bean is up. It is the tallest of them all.',
    { reactions: { '🎉': ['olena', 'max'] } },
  ],
  ['planting', 'olena', 24, 'I told you that it was only thinking.'],

  // market-stall
  ['market-stall', 'max', [25, '13:40'], 'Sold out by eleven again. We need more chard.'],
  ['market-stall', 'ngozi', [25, '13:46'], 'I can bring two crates.', { reactions: { '🙌': ['max', 'you'] } }],
  [
    'market-stall',
    'layla',
    [18, '14:05'],
    'Today in numbers: *214 €*, 61 customers, one dog who comes every week and buys nothing.',
    { reactions: { '🐕': ['you', 'mira', 'ngozi', 'max'] } },
  ],
  ['market-stall', 'you', [18, '14:12'], 'The dog gets a discount.'],
  [
    'market-stall',
    'mira',
    [11, '13:30'],
    'Price list for the summer is done, it hangs at the till. Tomatoes 4.20 a kilo, herbs 1.80 a pot.',
    { pinnedBy: 'ngozi' },
  ],
  [
    'market-stall',
    'max',
    [4, '13:55'],
    '286 €, a record. The card reader worked all morning, which is also a record.',
    { key: 'record', reactions: { '🏆': ['you', 'ngozi', 'layla', 'mira'] } },
  ],
  [
    'market-stall',
    'ngozi',
    [4, '14:01'],
    'I turned it off and on again beforehand. I am available for weddings.',
    { replyTo: 'record', reactions: { '😄': ['max', 'you'] } },
  ],
  ['market-stall', 'mira', 96, '@channel who drives on Saturday? The van is booked from six.'],
  ['market-stall', 'ngozi', 88, 'I can drive, if somebody else loads.'],

  // greenhouse
  [
    'greenhouse',
    'yuki',
    [22, '15:10'],
    'The sensors send every five minutes now. This is what a reading looks like:\n\n```json\n{\n  "bed": "glass-2",\n  "temperature": 21.4,\n  "humidity": 63,\n  "vents": "half open"\n}\n```',
    { reactions: { '🤓': ['you', 'priya'] } },
  ],
  ['greenhouse', 'priya', [22, '15:24'], 'Nice. I would alert below 8 degrees, and only once an hour.'],
  ['greenhouse', 'max', [15, '19:45'], 'Vent 3 sticks again. A piece of soap helped, for now.'],
  [
    'greenhouse',
    'olena',
    [8, '12:00'],
    'Repotted half of the lemon trees. The other half wants bigger pots, and so do I: an office.',
    { reactions: { '🍋': ['you', 'yuki', 'max'] } },
  ],
  ['greenhouse', 'yuki', 44, 'Heating is on and set to 6 °C for the night.'],

  // board
  [
    'board',
    'mira',
    [16, '20:10'],
    'The lease is extended by five years. Signed copy is in the folder, the original with the notary.',
    { pinnedBy: 'you', reactions: { '🎉': ['you', 'ngozi'] } },
  ],
  [
    'board',
    'ngozi',
    [5, '18:30'],
    'Numbers for the month: income 1,940 €, seeds and soil 612 €, water 88 €. We can afford the second tunnel in autumn.',
    { key: 'numbers' },
  ],
  ['board', 'you', [5, '18:41'], 'Then let us ask for two offers before summer.', { replyTo: 'numbers' }],
  [
    'board',
    'mira',
    [5, '18:44'],
    'I write to both this week.',
    { replyTo: 'numbers', reactions: { '👍': ['you', 'ngozi'] } },
  ],

  // direct and group conversations
  ['with mira', 'mira', [20, '21:02'], 'Thank you for today. The frame stands straight, against all odds.'],
  ['with mira', 'you', [20, '21:10'], 'It leans a little to the south. Like all of us.'],
  ['with mira', 'mira', 17, 'Are you at the garden later? I would bring the fleece over.'],
  ['with layla', 'layla', [14, '19:12'], 'هل يمكنك إرسال وصفة مربى البرتقال؟'],
  [
    'with layla',
    'you',
    [14, '19:40'],
    'Of course: 1 kg oranges, 700 g sugar, two lemons, and all of the patience you have.',
    { reactions: { '🍊': ['layla'] } },
  ],
  ['with layla', 'layla', [6, '10:05'], 'It worked! Six jars, five after breakfast.'],
  ['with yuki', 'you', [9, '11:00'], 'Do you have the manual of the irrigation computer?'],
  ['with yuki', 'yuki', [9, '11:06'], 'あります。PDF を送りますね。'],
  [
    'harvest',
    'olena',
    [8, '09:00'],
    'Apples on Sunday, from ten. I bring ladders and soup.',
    { reactions: { '🍎': ['you', 'ngozi', 'max'] } },
  ],
  ['harvest', 'max', [8, '09:11'], 'I bring crates. How many trees are left?'],
  ['harvest', 'olena', [8, '09:13'], 'Seven, and the one that nobody can reach.'],

  // support
  [
    'case of haneul',
    'haneul',
    [6, '09:02'],
    'Hello! The seed potatoes arrived today, but one bag was torn. Most of them are fine.',
  ],
  [
    'case of haneul',
    'ngozi',
    [6, '09:20'],
    'Oh no. I put a new bag aside for you, or we send it. Which do you prefer?',
  ],
  [
    'case of haneul',
    'haneul',
    [6, '09:31'],
    'I can come by on Saturday. 감사합니다!',
    { reactions: { '💚': ['ngozi'] } },
  ],
  ['case of tomas', 'tomas', [3, '18:15'], 'Good evening, are the lemon trees hardy? I have a balcony to the north.'],
];

const ALL = ['general', 'planting'];

/** The read positions in minutes ago: later messages are unread. */
export const READ: readonly [who: Who, minutesAgo: number, rooms: readonly string[]][] = [
  ['you', 60, [...ALL, 'greenhouse', 'board', 'with mira', 'with layla', 'with yuki', 'harvest']],
  ['you', 120, ['market-stall']],
  ['mira', 20, [...ALL, 'with mira']],
  ['ngozi', 25, [...ALL]],
  ['olena', 22, ['planting']],
];
