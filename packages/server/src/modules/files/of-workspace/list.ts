import type { attachments, FileKind, OutputOf } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import type { Keyring } from '../../identity/index.ts';
import { fold } from '../../search/index.ts';
import { attachmentsInWorkspace } from '../rows/attachment-store.ts';
import { type LookUpParent, parentKindOf, type ReadableAttachment } from '../rows/parents.ts';
import { presentListed } from '../rows/present.ts';
import type { AttachmentRow } from '../rows/tables.ts';
import { cursorAfter, positionOf } from './cursor.ts';

/** How many files one call looks at, at most: in a large workspace somebody may be allowed to read few of them. */
const MOST_ROWS = 2_000;

type Found = AttachmentRow & ReadableAttachment;

export interface WorkspaceFilesQuery {
  userId: string;
  workspaceId: string;
  kind?: FileKind | undefined;
  q?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

interface Deps {
  db: Executor;
  keyring: Pick<Keyring, 'seal' | 'unseal'>;
  lookUpParent: LookUpParent;
}

/**
 * A page of the files of a workspace that somebody may read, the latest first. Batches of files are looked at, each
 * twice as large as the one before, until the page is full; a page with fewer files, or none, may have a next one.
 */
export async function filesOfWorkspace(
  { db, keyring, lookUpParent }: Deps,
  query: WorkspaceFilesQuery,
): Promise<OutputOf<typeof attachments.ofWorkspace>> {
  const { workspaceId, limit } = query;
  const matches = matcherOf(query);
  const found: Found[] = [];
  let after = positionOf(keyring, workspaceId, query.cursor);
  let looked = 0;
  let batch = limit + 1;
  let isEnd = false;
  while (!isEnd && found.length <= limit && looked < MOST_ROWS) {
    const size = Math.min(batch, MOST_ROWS - looked);
    const rows = await attachmentsInWorkspace(db, workspaceId, { after, limit: size });
    found.push(...(await readableOf(db, lookUpParent, query.userId, rows.filter(matches))));
    after = rows.at(-1)?.id ?? after;
    looked += rows.length;
    isEnd = rows.length < size;
    batch *= 2;
  }
  const shown = found.slice(0, limit);
  const last = found.length > limit ? shown.at(-1)?.id : isEnd ? undefined : after;
  return {
    items: shown.map((row) => ({
      ...presentListed(row, row.can),
      productId: row.product_id,
      messageSeq: row.message?.seq ?? null,
      threadId: row.message?.threadId ?? null,
      parentName: row.parentName,
    })),
    nextCursor: last === undefined ? null : cursorAfter(keyring, workspaceId, last),
  };
}

function matcherOf({ kind, q }: Pick<WorkspaceFilesQuery, 'kind' | 'q'>): (row: AttachmentRow) => boolean {
  const part = q === undefined ? undefined : fold(q);
  return (row) =>
    (kind === undefined || (kind === 'image') === row.type.startsWith('image/')) &&
    (part === undefined || fold(row.filename).includes(part));
}

/** Those of the files that somebody may read, in their order: each kind of thing that has files is asked once. */
async function readableOf(
  db: Executor,
  lookUpParent: LookUpParent,
  userId: string,
  rows: readonly AttachmentRow[],
): Promise<Found[]> {
  const readable = new Map<string, ReadableAttachment>();
  // Uploads that belong to nothing yet are in no list.
  for (const [kind, ofKind] of Map.groupBy(rows, parentKindOf)) {
    const parent = kind && lookUpParent(kind);
    if (parent === undefined) continue;
    for (const [id, answer] of await parent.readable(db, userId, ofKind)) readable.set(id, answer);
  }
  return rows.flatMap((row) => {
    const answer = readable.get(row.id);
    return answer === undefined ? [] : [{ ...row, ...answer }];
  });
}
