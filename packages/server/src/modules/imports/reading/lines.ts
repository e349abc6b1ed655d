import type { Readable } from 'node:stream';

/** A line of a file. */
export interface Line {
  /** From 1. */
  number: number;
  /** Offset in bytes. */
  offset: number;
  bytes: number;
  /** undefined: the line is too long. */
  text: string | undefined;
}

const NEWLINE = 0x0a;

/** Reads a text line by line, with only one line in memory, and none longer than so many bytes. */
export async function* linesOf(content: Readable, mostBytes: number): AsyncGenerator<Line, void> {
  let number = 0;
  let offset = 0;
  let pieces: Buffer[] = [];
  let length = 0;
  const take = (): Line => {
    const text = length > mostBytes ? undefined : Buffer.concat(pieces).toString().replace(/\r$/, '');
    number += 1;
    const line = { number, offset, bytes: length, text: number === 1 ? text?.replace(/^\uFEFF/, '') : text };
    offset += length + 1;
    pieces = [];
    length = 0;
    return line;
  };
  const add = (piece: Buffer) => {
    length += piece.length;
    if (length <= mostBytes) pieces.push(piece);
    else pieces = [];
  };
  for await (const chunk of content as AsyncIterable<Buffer>) {
    let from = 0;
    for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
      add(chunk.subarray(from, to));
      yield take();
      from = to + 1;
    }
    add(chunk.subarray(from));
  }
  if (length > 0) yield take();
}
