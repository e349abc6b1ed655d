import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Placed, StreamTracker } from './stream-tracker.ts';

const stream = 'conversation:a';
const other = 'conversation:b';
const event = (seq: number, of: Placed['meta']['stream'] = stream): Placed => ({ meta: { stream: of, seq } });
const seqs = (events: Placed[]) => events.map(({ meta }) => meta.seq);

/** The deliveries of each of n events: how many, and how late. */
const journey = fc.integer({ min: 1, max: 60 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    copies: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: n, maxLength: n }),
    delays: fc.array(fc.integer({ min: 0, max: 10 }), { minLength: n * 3, maxLength: n * 3 }),
    syncs: fc.array(fc.record({ at: fc.nat(200), page: fc.integer({ min: 1, max: 20 }) }), { maxLength: 6 }),
  }),
);

describe('StreamTracker', () => {
  it('releases 1…n once and in order, whatever is lost, repeated, reordered or synced', () => {
    fc.assert(
      fc.property(journey, ({ n, copies, delays, syncs }) => {
        const tracker = new StreamTracker<Placed>();
        tracker.start(stream, 0);
        const arrivals = copies
          .flatMap((count, at) =>
            Array.from({ length: count }, (_, copy) => ({ seq: at + 1, at: at + (delays[at * 3 + copy] ?? 0) })),
          )
          .sort((one, two) => one.at - two.at);
        const given: number[] = [];
        const sync = (page: number) => {
          const after = tracker.position(stream) ?? 0;
          for (let seq = after + 1; seq <= Math.min(n, after + page); seq++)
            given.push(...seqs(tracker.offer(event(seq))));
        };
        arrivals.forEach(({ seq }, at) => {
          given.push(...seqs(tracker.offer(event(seq))));
          for (const each of syncs) if (each.at === at) sync(each.page);
        });
        tracker.noteHead(stream, n);
        while (tracker.behind().length > 0) sync(7);
        expect(given).toEqual(Array.from({ length: n }, (_, at) => at + 1));
      }),
    );
  });

  it('releases events that a snapshot does not contain, once, if they arrive before, during and after it', () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 0, max: 30 })
          .chain((n) => fc.tuple(fc.constant(n), fc.nat(n), fc.shuffledSubarray(range(n)))),
        ([n, asOf, order]) => {
          const tracker = new StreamTracker<Placed>();
          tracker.start(stream, 0);
          tracker.hold();
          const half = Math.floor(order.length / 2);
          for (const seq of order.slice(0, half)) expect(tracker.offer(event(seq))).toEqual([]);
          const given = seqs(tracker.restart({ [stream]: asOf }));
          for (const seq of [...order.slice(half), ...range(n)]) given.push(...seqs(tracker.offer(event(seq))));
          expect(given).toEqual(range(n).slice(asOf));
        },
      ),
    );
  });

  it('knows which events are missing', () => {
    const tracker = new StreamTracker<Placed>();
    tracker.start(stream, 4);
    tracker.start(other, 0);
    expect(tracker.behind()).toEqual([]);
    tracker.offer(event(6));
    expect(tracker.behind()).toEqual([stream]);
    tracker.noteHead(other, 2);
    expect(tracker.behind()).toEqual([stream, other]);
    expect(seqs(tracker.offer(event(5)))).toEqual([5, 6]);
    expect(tracker.behind()).toEqual([other]);
    tracker.setHead(other, 0);
    expect(tracker.behind()).toEqual([]);
  });

  it('keeps events of a stream that is about to be opened', () => {
    const tracker = new StreamTracker<Placed>();
    expect(tracker.offer(event(8))).toEqual([]);
    expect(tracker.offer(event(7))).toEqual([]);
    expect(seqs(tracker.start(stream, 6))).toEqual([7, 8]);
    expect(tracker.position(stream)).toBe(8);
  });

  it('keeps a limited number of events of a stream that never catches up, and is still complete in the end', () => {
    const tracker = new StreamTracker<Placed>();
    tracker.start(stream, 0);
    for (let seq = 2; seq <= 5_000; seq++) tracker.offer(event(seq));
    const given = seqs(tracker.offer(event(1)));
    expect(given.length).toBeLessThan(2_000);
    expect(tracker.behind()).toEqual([stream]);
    for (let seq = given.length + 1; seq <= 5_000; seq++) given.push(...seqs(tracker.offer(event(seq))));
    expect(given).toEqual(range(5_000));
  });

  it('drops a stream with all its waiting events', () => {
    const tracker = new StreamTracker<Placed>();
    tracker.start(stream, 0);
    tracker.offer(event(2));
    tracker.drop(stream);
    expect(tracker.positions()).toEqual({});
    expect(tracker.start(stream, 1)).toEqual([]);
  });

  it('accepts the numbers of another log while it waits for the snapshot', () => {
    const tracker = new StreamTracker<Placed>();
    tracker.start(stream, 100);
    tracker.hold();
    expect(tracker.offer(event(51))).toEqual([]);
    expect(seqs(tracker.restart({ [stream]: 50 }))).toEqual([51]);
  });

  it('continues after a snapshot that never arrived', () => {
    const tracker = new StreamTracker<Placed>();
    tracker.start(stream, 3);
    tracker.hold();
    tracker.offer(event(4));
    tracker.offer(event(2));
    expect(seqs(tracker.release())).toEqual([4]);
    expect(seqs(tracker.offer(event(5)))).toEqual([5]);
  });
});

function range(n: number): number[] {
  return Array.from({ length: n }, (_, at) => at + 1);
}
