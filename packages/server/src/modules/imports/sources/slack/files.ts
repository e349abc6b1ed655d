import type { Readable } from 'node:stream';
import { sizes } from '@atrium/protocol';
import { type AllowedHosts, get, refusalOf } from '../../../../platform/outbound/index.ts';
import type { ZipArchive } from '../../reading/zip.ts';
import type { FileOfRow } from '../../rows/neutral.ts';
import type { SlackFile } from './format.ts';

/** Slack's file hosts. */
const HOSTS = /(^|\.)(slack\.com|slack-edge\.com|slack-files\.com)$/;
/** Export tools that include files put them next to the messages, in a path that contains the id of the file. */
const PLACE = /(?:^|\/)(F[A-Z0-9]{5,20})[-/][^/]+$/;
const FETCHED_WITHIN_MS = 60_000;
/** The modes of files that are no longer available. */
const GONE: Readonly<Record<string, string>> = {
  tombstone: 'it was deleted in Slack',
  hidden_by_limit: 'Slack hid it, because of the limits of its free plan',
};

/** Finds the contents of files. */
export class SlackFiles {
  private readonly archive: ZipArchive;
  private readonly allowed: AllowedHosts;
  private readonly places: ReadonlyMap<string, string>;

  constructor(archive: ZipArchive, allowed: AllowedHosts) {
    this.archive = archive;
    this.allowed = allowed;
    this.places = new Map(
      archive.names.flatMap((name): [string, string][] => {
        const id = PLACE.exec(name)?.[1];
        return id === undefined ? [] : [[id, name]];
      }),
    );
  }

  /** A file as the writer expects it. */
  of(file: SlackFile): FileOfRow {
    return {
      name: file.name ?? file.title ?? file.id,
      type: file.mimetype ?? 'application/octet-stream',
      open: () => this.open(file),
    };
  }

  private async open({ id, mode = '', url_private, url_private_download }: SlackFile): Promise<Readable> {
    const place = this.places.get(id);
    if (place !== undefined) return this.archive.open(place, sizes.file);
    if (GONE[mode] !== undefined) throw new Error(GONE[mode]);
    const address = url_private_download ?? url_private;
    if (address === undefined) throw new Error('the export has neither the file nor a link to it');
    return this.fetch(address);
  }

  private async fetch(address: string): Promise<Readable> {
    const refused = refusalOf(address, this.allowed);
    if (refused !== undefined) throw new Error(`its link ${refused}`);
    const target = new URL(address);
    const isKnown = HOSTS.test(target.hostname) || this.allowed.has(target.host);
    if (!isKnown) throw new Error(`its link leads to ${target.hostname}, which is not Slack`);
    const signal = AbortSignal.timeout(FETCHED_WITHIN_MS);
    const { status, content } = await get(target, { allowed: this.allowed, signal });
    if (status === 200) return content;
    content.destroy();
    throw new Error(`its link has expired, or the file is gone (${status})`);
  }
}
