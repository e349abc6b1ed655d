import { parse, stringify } from 'uuid';
import { z } from 'zod';
import type { DataKeys } from '../keys/data-keys.ts';
import type { AuditFilters } from './audit-store.ts';

/** How long a link to a file is valid. */
export const LINK_MS = 10 * 60_000;
export const AUDIT_FILE_PATH = '/admin/audit/files/:token';
const CONTEXT = ['audit-file'];

export interface AuditLink {
  userId: string;
  filters: AuditFilters;
  expiresAt: Date;
}

/** Short, because it is part of a URL: the user, the expiry, and the filters in this order. */
const packed = z.tuple([
  z.base64url(),
  z.number(),
  z.string().nullable(),
  z.base64url().nullable(),
  z.number().nullable(),
  z.number().nullable(),
]);

const packId = (id: string) => Buffer.from(parse(id)).toString('base64url');
const unpackId = (text: string) => stringify(Buffer.from(text, 'base64url'));
const optional = <From, To>(value: From | undefined | null, convert: (value: From) => To) =>
  value === undefined || value === null ? null : convert(value);

/** Seals the request: the link needs no row, and nobody can forge one. */
export function sealLink(keys: Pick<DataKeys, 'seal'>, { userId, filters, expiresAt }: AuditLink): string {
  const content: z.infer<typeof packed> = [
    packId(userId),
    expiresAt.getTime(),
    filters.kind ?? null,
    optional(filters.userId, packId),
    optional(filters.from, Date.parse),
    optional(filters.to, Date.parse),
  ];
  return keys.seal(CONTEXT, Buffer.from(JSON.stringify(content))).toString('base64url');
}

/** Opens a sealed request; undefined for anything that was not sealed here. */
export function openLink(keys: Pick<DataKeys, 'unseal'>, token: string): AuditLink | undefined {
  try {
    const content = JSON.parse(keys.unseal(CONTEXT, Buffer.from(token, 'base64url')).toString());
    const [userId, expiresAt, kind, about, from, to] = packed.parse(content);
    const at = (ms: number | null) => optional(ms, (value) => new Date(value).toISOString()) ?? undefined;
    return {
      userId: unpackId(userId),
      filters: { kind: kind ?? undefined, userId: optional(about, unpackId) ?? undefined, from: at(from), to: at(to) },
      expiresAt: new Date(expiresAt),
    };
  } catch {
    return undefined;
  }
}
