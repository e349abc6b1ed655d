import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyHeaders } from '@fastify/busboy';
import type { IncomingFile } from '../module/index.ts';
import { type ProblemError, problem } from '../problem/index.ts';

type Parser = InstanceType<typeof Busboy>;

/** Maximum number of parts of one body; no operation accepts as many files. */
const MOST_PARTS = 100;
const MOST_HEADER_PAIRS = 20;

/**
 * The files of a request with a body of multipart/form-data; undefined for any other body. Nothing of the body is read
 * before the first file is requested, and no more than the requested files need.
 * Fails with a problem if the body is damaged, ends too early or contains anything but files.
 */
export function filesOf(request: IncomingMessage): AsyncIterable<IncomingFile> | undefined {
  const type = request.headers['content-type'];
  if (type === undefined || !/^multipart\/form-data\s*;/i.test(type)) return undefined;
  return receive(request, { ...request.headers, 'content-type': type });
}

async function* receive(request: IncomingMessage, headers: BusboyHeaders): AsyncGenerator<IncomingFile, void> {
  const parts = new PartQueue();
  const parser = createParser(headers, parts);
  const fail = (error: unknown) => parts.fail(error);
  request.once('error', fail).once('aborted', () => fail(malformed('The request was aborted')));
  request.pipe(parser);
  try {
    for (let part = await parts.next(); part !== undefined; part = await parts.next()) yield part;
  } finally {
    request.unpipe(parser);
    parts.end();
    // The rest of a refused body is read and discarded, so that the client can read the refusal.
    request.resume();
  }
}

function createParser(headers: BusboyHeaders, parts: PartQueue): Parser {
  let parser: Parser;
  try {
    parser = new Busboy({
      headers,
      limits: { parts: MOST_PARTS, fields: 0, headerPairs: MOST_HEADER_PAIRS },
      isPartAFile: () => true,
    });
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : 'The body is damaged');
  }
  parser.on('file', (_field, content, name, _encoding, type) => {
    // The reader gets the error too; without a reader it must not end the process.
    content.on('error', () => undefined);
    parts.add({ name: nameOf(String(name ?? '')), type: type.toLowerCase(), content: content as Readable });
  });
  parser.on('partsLimit', () => parts.fail(problem('payload_too_large', `At most ${MOST_PARTS} parts`)));
  parser.on('error', (error) => parts.fail(malformed(error instanceof Error ? error.message : 'The body is damaged')));
  parser.on('finish', () => parts.end());
  return parser;
}

/**
 * The file name as typed. Browsers and curl encode a quotation mark as %22
 * (https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data), and leave a percent
 * sign as it is.
 */
const nameOf = (written: string) => written.replaceAll('%22', '"');

function malformed(message: string): ProblemError {
  return problem('invalid_input', { errors: [{ path: '', code: 'malformed_request', message }] });
}

/** Parts that have arrived and were not read yet. */
class PartQueue {
  private readonly waiting: IncomingFile[] = [];
  private current: IncomingFile | undefined;
  private wake: () => void = () => undefined;
  private ended = false;
  private error: Error | undefined;

  add(part: IncomingFile): void {
    if (this.ended) part.content.resume();
    else this.waiting.push(part);
    this.wake();
  }

  end(): void {
    this.ended = true;
    for (const { content } of this.waiting.splice(0)) content.resume();
    if (this.error !== undefined) this.current?.content.destroy(this.error);
    this.current?.content.resume();
    this.wake();
  }

  fail(error: unknown): void {
    if (this.ended) return;
    this.error ??= error instanceof Error ? error : new Error(String(error));
    this.current?.content.destroy(this.error);
    this.wake();
  }

  async next(): Promise<IncomingFile | undefined> {
    for (;;) {
      if (this.error !== undefined) throw this.error;
      const part = this.waiting.shift();
      this.current = part;
      if (part !== undefined || this.ended) return part;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
