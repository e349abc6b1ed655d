import type { Who } from './cast.ts';
import type { Calendar, Step } from './stage.ts';

/** Stopped timers: the task, the person, days ago, from, to. */
type Ran = [
  task: string,
  who: Who,
  daysAgo: number,
  from: `${number}:${number}`,
  to: `${number}:${number}`,
  note?: string,
];

const RAN: readonly Ran[] = [
  ['Prune the apple trees', 'you', 23, '09:05', '11:40'],
  ['Build the cold frame', 'mira', 20, '10:00', '12:30'],
  ['Plant out the seedlings', 'you', 20, '14:00', '16:10'],
  ['stall', 'ngozi', 18, '06:00', '13:20'],
  ['Weed bed 2', 'you', 18, '09:30', '11:00'],
  ['Tie up the tomatoes', 'you', 14, '08:15', '09:50'],
  ['Weed bed 4', 'you', 13, '10:00', '12:05'],
  ['Mulch the strawberries', 'you', 12, '08:40', '10:10'],
  ['stall', 'max', 11, '06:10', '13:30'],
  ['Prick out the lettuce', 'you', 11, '14:00', '15:20'],
  ['Clean the pump', 'you', 9, '09:00', '10:45', 'The filter was full of leaves'],
  ['lemon trees', 'olena', 8, '10:00', '12:50'],
  ['lemon trees', 'you', 8, '10:20', '12:00'],
  ['open day', 'max', 7, '16:00', '17:30', 'Permit'],
  ['compost', 'you', 7, '08:30', '10:00'],
  ['Pick the apples', 'you', 6, '10:00', '13:40'],
  ['lemon trees', 'olena', 6, '15:00', '16:40'],
  ['Sort the gloves', 'you', 5, '11:00', '11:35'],
  ['compost', 'olena', 5, '09:00', '10:30'],
  ['open day', 'you', 5, '17:00', '18:05', 'Who does what'],
  ['Check the fire extinguishers', 'you', 4, '09:10', '10:00'],
  ['stall', 'ngozi', 4, '06:05', '13:25'],
  ['stall', 'max', 4, '06:20', '13:10'],
  ['lemon trees', 'you', 3, '09:00', '11:15', 'Number four washed'],
  ['newsletter', 'you', 3, '19:00', '19:50'],
  ['sensors', 'yuki', 3, '13:00', '15:40'],
  ['Sow winter spinach', 'you', 2, '08:20', '09:55'],
  ['vent', 'max', 2, '14:00', '15:10'],
  ['open day', 'layla', 2, '17:00', '18:20'],
  ['compost', 'you', 1, '15:30', '17:25'],
  ['Mend the gate', 'you', 1, '10:15', '11:30', 'New hinges'],
  ['lemon trees', 'olena', 1, '08:30', '10:05'],
];

/** Running timers, started when the demo is loaded, since a timer starts by the database's clock. */
const RUNNING: readonly [task: string, who: Who, note?: string][] = [
  ['lemon trees', 'olena'],
  ['lemon trees', 'you', 'The three by the door'],
  ['sensors', 'yuki'],
];

const MINUTE_MS = 60_000;

/** Tracked time of the last weeks, and the running timers. */
export function timeSteps(calendar: Calendar): Step[] {
  const ran = RAN.map(([task, who, daysAgo, from, to, note = '']): Step => {
    const stop = calendar.on(daysAgo, to);
    const start = calendar.on(daysAgo, from);
    // A person who forgot the timer adds an entry by hand.
    return {
      at: new Date(stop.getTime() + MINUTE_MS),
      who,
      async run(api, stage) {
        const taskId = stage.id(`task ${task}`);
        const span = { startedAt: start.toISOString(), stoppedAt: stop.toISOString() };
        await api.timeEntries.add({ taskId, ...span, note, reason: 'Written down afterwards' });
      },
    };
  });
  const running = RUNNING.map(
    ([task, who, note = '']): Step => ({
      at: calendar.now,
      who,
      run: (api, stage) => api.timers.start({ taskId: stage.id(`task ${task}`), note }),
    }),
  );
  return [...ran, ...running];
}
