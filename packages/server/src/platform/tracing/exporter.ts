import { hostname } from 'node:os';
import process from 'node:process';
import type { Logger } from 'pino';
import type { Span } from './span.ts';

const SEND_EVERY_MS = 5_000;
const BATCH = 512;
/** Maximum number of spans that wait while the receiver is down; later ones are dropped. */
const MOST_WAITING = 4_096;
const TIMEOUT_MS = 10_000;
const COMPLAIN_EVERY_MS = 60_000;
const FAILED = 2;

const attribute = ([key, value]: [string, string | number | undefined]) =>
  value === undefined
    ? []
    : [{ key, value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value } }];

const attributesOf = (attributes: Span['attributes']) => Object.entries(attributes).flatMap(attribute);

/** Nanoseconds since 1970 as a string: a number cannot hold them. */
const nanoseconds = (ms: number) => `${Math.round(ms * 1_000)}000`;

const encode = ({ attributes, endMs, failed, startMs, ...span }: Span) => ({
  ...span,
  startTimeUnixNano: nanoseconds(startMs),
  endTimeUnixNano: nanoseconds(endMs),
  attributes: attributesOf(attributes),
  status: failed ? { code: FAILED } : {},
});

/** Sends spans to an OTLP receiver, as JSON over HTTP. They may be lost. */
export class SpanExporter {
  private readonly url: string;
  private readonly log: Pick<Logger, 'warn'>;
  private readonly resource = {
    attributes: attributesOf({
      'service.name': 'atrium',
      'service.instance.id': `${hostname()}:${process.pid}`,
      'host.name': hostname(),
    }),
  };
  private readonly timer: NodeJS.Timeout;
  private waiting: Span[] = [];
  private sending: Promise<void> | undefined;
  private complainedAt = Number.NEGATIVE_INFINITY;

  /** @param endpoint the base URL of the receiver, without `/v1/traces` */
  constructor(endpoint: string, log: Pick<Logger, 'warn'>) {
    this.url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
    this.log = log;
    this.timer = setInterval(() => this.flush(), SEND_EVERY_MS);
    this.timer.unref();
  }

  add(span: Span): void {
    if (this.waiting.length >= MOST_WAITING) return;
    this.waiting.push(span);
    if (this.waiting.length >= BATCH) this.flush();
  }

  /** Sends the remaining spans. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.sending;
    this.flush();
    await this.sending;
  }

  private flush(): void {
    if (this.sending !== undefined || this.waiting.length === 0) return;
    const spans = this.waiting;
    this.waiting = [];
    this.sending = this.send(spans)
      .catch((error: unknown) => this.complain(error, spans.length))
      .finally(() => {
        this.sending = undefined;
      });
  }

  private async send(spans: readonly Span[]): Promise<void> {
    const scopeSpans = [{ scope: { name: 'atrium' }, spans: spans.map(encode) }];
    const answer = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ resource: this.resource, scopeSpans }] }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`the receiver answered ${answer.status}`);
  }

  private complain(error: unknown, count: number): void {
    if (performance.now() - this.complainedAt < COMPLAIN_EVERY_MS) return;
    this.complainedAt = performance.now();
    this.log.warn({ err: error, count }, 'could not send traces; they are lost');
  }
}
