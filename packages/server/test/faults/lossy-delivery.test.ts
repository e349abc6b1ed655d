import { AtriumError } from '@atrium/client';
import { expect, onTestFinished, test } from 'vitest';
import type { LiveEvent } from '../../src/platform/stream/live-event.ts';
import { testApp } from '../app.ts';
import { checkOrder } from './harness/checkers.ts';
import { readFacts } from './harness/facts.ts';
import { NaiveParticipant } from './harness/naive-participant.ts';
import { type Random, seededRandom } from './harness/random.ts';
import { report } from './harness/report.ts';
import { shortOrLong } from './harness/run-length.ts';
import { setUpScene, startTraffic } from './harness/scene.ts';
import { settle, verify } from './harness/verify.ts';

const SHARE = 0.05;
const SENDS = shortOrLong(60, 400);

/** Loses, repeats and swaps events on their way to each socket. */
class Noise {
  dropped = 0;
  doubled = 0;
  swapped = 0;
  isOn = false;
  private readonly random: Random;
  /** Held back until the next event of their stream has been sent; the same ones for every socket. */
  private readonly held = new Map<string, LiveEvent>();
  private readonly chosen = new Map<string, boolean>();

  constructor(random: Random) {
    this.random = random;
  }

  tamper(events: readonly LiveEvent[]): readonly LiveEvent[] {
    return events.flatMap((event) => {
      const { seq, stream } = event.meta;
      const before = this.held.get(`${stream} ${seq - 1}`);
      const isHeld = this.holds(`${stream} ${seq}`, event);
      const given = isHeld ? [] : this.dropOrDouble(event);
      return before ? [...given, before] : given;
    });
  }

  private holds(place: string, event: LiveEvent): boolean {
    let chosen = this.chosen.get(place);
    if (chosen === undefined) {
      chosen = this.isOn && this.random() < SHARE;
      this.chosen.set(place, chosen);
      if (chosen) this.held.set(place, event);
    }
    if (chosen) this.swapped += 1;
    return chosen;
  }

  private dropOrDouble(event: LiveEvent): LiveEvent[] {
    const chance = this.isOn ? this.random() : 1;
    if (chance < SHARE) {
      this.dropped += 1;
      return [];
    }
    if (chance >= 2 * SHARE) return [event];
    this.doubled += 1;
    return [event, event];
  }
}

test('F17 of 100 events 5 are lost, 5 repeated, 5 swapped: every client has the order of the database', async () => {
  const random = seededRandom('F17');
  const noise = new Noise(random);
  const app = await testApp({ tamper: (events) => noise.tamper(events), beaconMs: 1_000 });
  onTestFinished(() => app.close());
  const url = await app.listen();
  const scene = await setUpScene({ url, databaseUrl: app.database.url, random, cleanup: onTestFinished, clients: 8 });
  const naive = scene.members.map(
    (member) => new NaiveParticipant({ name: `naive ${member.name}`, url, member, history: scene.history }),
  );
  onTestFinished(() => {
    for (const participant of naive) participant.close();
  });
  await Promise.all(naive.map((participant) => participant.connect()));
  const syncsBefore = syncs();

  noise.isOn = true;
  await startTraffic(scene, random, SENDS, 40).finish();
  const settledMs = await settle(scene);
  noise.isOn = false;
  const { dropped, doubled, swapped } = noise;
  expect(await verify(scene)).toEqual([]);
  expect(scene.participants.flatMap(({ errors }) => errors.filter((error) => !(error instanceof AtriumError)))).toEqual(
    [],
  );
  report('F17', { dropped, doubled, swapped, syncs: syncs() - syncsBefore, settledMs });
  expect(Math.min(dropped, doubled, swapped)).toBeGreaterThan(SENDS);
  expect(syncs() - syncsBefore).toBeLessThanOrEqual(2 * dropped);

  const { streams } = await readFacts(app.database.url);
  const views = naive.map((participant) => participant.view(scene.stream, scene.since.get(scene.stream) ?? 0));
  expect(checkOrder(views, streams), 'a client that applies blindly must be wrong').toHaveLength(naive.length);

  function syncs(): number {
    return scene.participants.reduce(
      (sum, { client }) => sum + client.live.counters.syncs + client.live.counters.resumes,
      0,
    );
  }
});
