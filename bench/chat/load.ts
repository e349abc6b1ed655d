// The load generator: a process of its own, so that what it costs is not counted as the server's.
import { randomUUID } from 'node:crypto';
import process from 'node:process';
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
const STAMP = Buffer.from('"content":"t');
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
  const at = payload.indexOf(STAMP);
  if (at < 0) return;
  const start = at + STAMP.length;
  latencies.push(performance.now() - Number(payload.toString('latin1', start, payload.indexOf(0x20, start))));
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

const PADDING = ` ${'x'.repeat(80)}`;

function say(sender: (typeof senders)[number]): void {
  sender.client.emit('message:send', {
    ...sender.send,
    content: `t${performance.now().toFixed(3)}${PADDING}`,
    clientMessageId: randomUUID(),
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
