import { type Entry, open, type ZipFile } from 'yauzl';

/** Documents have hundreds of parts; a bomb has many, or few that are huge. */
const MOST_ENTRIES = 5_000;
const MOST_UNPACKED_BYTES = 256 * 1024 * 1024;
const CONTENT_TYPES = '[Content_Types].xml';
/** Macros have no place in a file with one of these extensions. */
const MACROS = /(^|\/)vbaProject\.bin$/i;

/**
 * Whether a file is an Office document of one kind. Reads only the directory of the archive and unpacks nothing.
 * @param folder in which its parts are
 */
export async function isOfficeDocument(file: string, folder: string): Promise<boolean> {
  const archive = await openArchive(file);
  if (archive === undefined) return false;
  try {
    return await looksLike(archive, folder);
  } finally {
    archive.close();
  }
}

function openArchive(file: string): Promise<ZipFile | undefined> {
  return new Promise((resolve) => {
    open(file, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, archive) =>
      resolve(error ? undefined : archive),
    );
  });
}

function looksLike(archive: ZipFile, folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    let unpacked = 0;
    let hasTypes = false;
    let hasParts = false;
    archive.on('entry', ({ fileName, uncompressedSize }: Entry) => {
      unpacked += uncompressedSize;
      hasTypes ||= fileName === CONTENT_TYPES;
      hasParts ||= fileName.startsWith(folder);
      if (unpacked > MOST_UNPACKED_BYTES || MACROS.test(fileName)) resolve(false);
      else archive.readEntry();
    });
    archive.once('error', () => resolve(false));
    archive.once('end', () => resolve(hasTypes && hasParts));
    if (archive.entryCount > MOST_ENTRIES) resolve(false);
    else archive.readEntry();
  });
}
