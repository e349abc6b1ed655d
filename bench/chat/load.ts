// The load generator: a process of its own, so that what it costs is not counted as the server's.
import { randomBytes } from 'node:crypto';
import process from 'node:process';
import { makeLanguage } from '../lib/language.ts';
import { percentile } from '../lib/stats.ts';
import { WireClient } from '../lib/wire-client.ts';

/** One connection: how it signs in, and what it says when it sends. */
export interface Seat {
  auth: unknown;
  /** The room it sends to, as the server calls it; undefined for those who only listen. */
  send?: Record<string, unknown>;
}

/** What the parent asks for. */
export interface LoadPlan {
  port: number;
  seats: Seat[];
  receiversPerMessage: number;
}

/** One measurement: as fast as it goes (`window` sends under way per sender), or at a steady rate. */
export interface Phase {
  seconds: number;
  window?: number;
  perSecond?: number;
}

export interface PhaseResult {
  acked: number;
  delivered: number;
  refused: number;
  seconds: number;
  p50: number;
  p99: number;
}

const RECEIVE = Buffer.from('42["message:receive"');
const INTENT = Buffer.from('"clientMessageId":"');
/** Every so many-th delivery is timed: enough for percentiles, too few to cost anything. */
const SAMPLE = 7;

const clients: WireClient[] = [];
const senders: { client: WireClient; send: Record<string, unknown>; free: () => void }[] = [];
const idle = (): void => {};
let acked = 0;
let refused = 0;
let delivered = 0;
let latencies: number[] = [];

function onEvent(payload: Buffer): void {
  if (!payload.subarray(0, RECEIVE.length).equals(RECEIVE)) return;
  delivered += 1;
  if (delivered % SAMPLE !== 0) return;
  const at = payload.indexOf(INTENT);
  if (at < 0) return;
  latencies.push(performance.now() - sentAt(payload.toString('latin1', at + INTENT.length, at + INTENT.length + 13)));
}

async function connect(plan: LoadPlan): Promise<void> {
  for (const seat of plan.seats) {
    const sender = { send: seat.send ?? {}, free: idle };
    const client = await WireClient.connect(plan.port, seat.auth, {
      onEvent,
      onAck(_id, payload) {
        if (payload.includes('"ok":true')) acked += 1;
        else refused += 1;
        sender.free();
      },
    });
    clients.push(client);
    if (seat.send !== undefined) senders.push(Object.assign(sender, { client }));
  }
}

/** Made before the clock runs: what is measured is the server. */
const { message } = makeLanguage();
const SENTENCES = Array.from({ length: 10_000 }, message);
let said = 0;

/** An id of the intent that tells when it was made: its first twelve digits are microseconds. */
function intent(): string {
  const time = Math.round(performance.now() * 1000)
    .toString(16)
    .padStart(12, '0');
  const random = randomBytes(9).toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-4${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6)}`;
}

function sentAt(firstDigits: string): number {
  return Number.parseInt(firstDigits.replace('-', ''), 16) / 1000;
}

function say(sender: (typeof senders)[number]): void {
  said += 1;
  sender.client.emit('message:send', {
    ...sender.send,
    content: SENTENCES[said % SENTENCES.length],
    clientMessageId: intent(),
  });
}

async function run(phase: Phase): Promise<PhaseResult> {
  acked = 0;
  refused = 0;
  delivered = 0;
  latencies = [];
  const began = performance.now();
  const ends = began + phase.seconds * 1000;
  if (phase.window !== undefined) {
    for (const sender of senders) {
      sender.free = () => {
        if (performance.now() < ends) say(sender);
      };
      for (let n = 0; n < phase.window; n++) say(sender);
    }
    await until(ends);
  } else {
    for (const sender of senders) sender.free = idle;
    await steadily(phase.perSecond ?? 100, ends);
  }
  const seconds = (performance.now() - began) / 1000;
  const result = { acked, delivered, refused, seconds };
  await until(performance.now() + 300);
  const sorted = latencies.sort((a, b) => a - b);
  return { ...result, p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) };
}

async function steadily(perSecond: number, ends: number): Promise<void> {
  const began = performance.now();
  let sent = 0;
  while (performance.now() < ends) {
    const due = ((performance.now() - began) / 1000) * perSecond;
    while (sent < due) {
      const sender = senders[sent % senders.length];
      if (sender) say(sender);
      sent += 1;
    }
    await until(performance.now() + 1);
  }
}

function until(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, time - performance.now())));
}

process.on('message', (message: { plan?: LoadPlan; phase?: Phase; stop?: true }) => {
  if (message.stop) {
    for (const client of clients) client.close();
    process.disconnect();
    return;
  }
  const work = message.plan ? connect(message.plan) : run(message.phase ?? { seconds: 1 });
  work.then(
    (result) => process.send?.({ result: result ?? null }),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
