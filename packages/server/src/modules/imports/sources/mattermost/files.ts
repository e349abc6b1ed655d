import { sizes } from '@atrium/protocol';
import type { ZipArchive } from '../../reading/zip.ts';
import type { FileOfRow } from '../../rows/neutral.ts';

/** A file of the archive. @param archive undefined: the export is only a JSONL file */
export function fileOf(archive: ZipArchive | undefined, place: string): FileOfRow {
  const name = place.split('/').at(-1) ?? place;
  return {
    name,
    type: 'application/octet-stream',
    async open() {
      if (archive === undefined) throw new Error('it is not in the JSONL file: give the zip file');
      const found = [`data/${place}`, place].find((one) => archive.has(one.normalize('NFC')));
      if (found === undefined) throw new Error('it is not in the archive');
      return archive.open(found.normalize('NFC'), sizes.file);
    },
  };
}
