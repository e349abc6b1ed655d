import { Transform } from 'node:stream';
import { BadExport } from '../rows/neutral.ts';

/** Passes bytes through, and fails when there are more than allowed. */
export function atMost(bytes: number, what: string): Transform {
  let length = 0;
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      length += piece.length;
      if (length > bytes) done(new BadExport(`${what} has more than ${bytes} bytes`));
      else done(null, piece);
    },
  });
}
