import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { validate } from 'uuid';
import { BadBackup, type PartSink, readArchive, streamSink } from '../../../../platform/backup/index.ts';
import { PARTS, type Part } from '../../rows/export-format.ts';
import { BadExport } from '../../rows/neutral.ts';

const isPart = (name: string): name is Part => (PARTS as readonly string[]).includes(name);

/**
 * Unpacks the export of a workspace into a directory, and checks that it is complete. No part of it is used as a path.
 * @throws BadExport
 */
export async function spool(file: string, passphrase: string | undefined, directory: string): Promise<void> {
  try {
    await readArchive(file, passphrase, {
      header({ holds }) {
        if (holds !== 'export') throw new BadExport('It is no export of a workspace.');
      },
      part: (name) => sinkFor(name, directory),
    });
  } catch (error) {
    // Keeps the message about what is wrong with the file.
    if (error instanceof BadBackup) throw new BadExport(error.message);
    throw error;
  }
}

function sinkFor(name: string, directory: string): PartSink {
  const [kind, what = '', ...rest] = name.split('/');
  const isKnown = rest.length === 0 && ((kind === 'rows' && isPart(what)) || (kind === 'object' && validate(what)));
  if (!isKnown) throw new BadExport(`The export has a part that is not known: ${name}`);
  const sink = streamSink(createWriteStream(placeOf(directory, what), { mode: 0o600 }));
  return { write: sink.write, end: sink.end };
}

/** The path of a part or an object after unpacking. */
export function placeOf(directory: string, name: string): string {
  return path.join(directory, name);
}
