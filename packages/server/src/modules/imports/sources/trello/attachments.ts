import path from 'node:path';
import { sizes } from '@atrium/protocol';
import type { ZipArchive } from '../../reading/zip.ts';
import type { FileOfRow } from '../../rows/neutral.ts';
import type { TrelloAttachment, TrelloCard } from './format.ts';

/** Trello's ids, as a part of a path or its prefix: `5f0c…/plan.pdf`, `5f0c…-plan.pdf`. */
const IDS = /(?<![0-9a-f])[0-9a-f]{24}(?![0-9a-f])/g;

/** Finds uploaded files that an export contains besides its boards. */
export class TrelloFiles {
  private readonly archive: ZipArchive | undefined;
  /** Names in the archive by the ids in them. */
  private readonly byId = new Map<string, string[]>();

  /** @param archive undefined: the export is only a board */
  constructor(archive: ZipArchive | undefined) {
    this.archive = archive;
    for (const name of archive?.names ?? []) {
      for (const [id] of name.matchAll(IDS)) this.byId.set(id, [...(this.byId.get(id) ?? []), name]);
    }
  }

  /** The content of an attachment; undefined: it is a link, or its file is not in the export. */
  find(card: TrelloCard, attachment: TrelloAttachment): FileOfRow | undefined {
    const { archive } = this;
    const called = attachment.fileName ?? attachment.name ?? path.posix.basename(attachment.url);
    const found = attachment.isUpload === true ? this.nameOf(card, attachment, called) : undefined;
    if (archive === undefined || found === undefined) return undefined;
    const open = () => archive.open(found, sizes.file);
    return { name: called, type: attachment.mimeType ?? 'application/octet-stream', open };
  }

  /** Found by the id of the attachment, or by its name in a folder of its card. */
  private nameOf(card: TrelloCard, { id }: TrelloAttachment, called: string): string | undefined {
    const [own] = this.byId.get(id ?? '') ?? [];
    return own ?? this.byId.get(card.id)?.find((name) => path.posix.basename(name) === called);
  }
}
