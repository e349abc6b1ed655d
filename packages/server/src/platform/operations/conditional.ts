import type { IncomingHttpHeaders } from 'node:http';
import type { Content } from '../module/index.ts';

type Version = Pick<Content, 'etag' | 'lastModified'>;

/** Times in headers have no fractions. */
const seconds = (at: Date | number) => Math.floor(Number(at) / 1000);

const timeOf = (header: string | undefined) => {
  const time = Date.parse(header ?? '');
  return Number.isNaN(time) ? undefined : seconds(time);
};

/** @param weak whether `W/"x"` counts as `"x"` */
function names(header: string, etag: string, weak: boolean): boolean {
  const tags = header.split(',').map((tag) => (weak ? tag.trim().replace(/^W\//, '') : tag.trim()));
  return tags.includes('*') || tags.includes(etag);
}

/** The status of the response if the conditions of the request are not met, in the order of RFC 9110 §13.2.2. */
export function conditionOf(headers: IncomingHttpHeaders, { etag, lastModified }: Version): 304 | 412 | undefined {
  const ifMatch = headers['if-match'];
  const unmodifiedSince = timeOf(headers['if-unmodified-since']);
  if (ifMatch !== undefined) {
    if (!names(ifMatch, etag, false)) return 412;
  } else if (unmodifiedSince !== undefined && seconds(lastModified) > unmodifiedSince) return 412;
  const ifNoneMatch = headers['if-none-match'];
  const modifiedSince = timeOf(headers['if-modified-since']);
  if (ifNoneMatch !== undefined) return names(ifNoneMatch, etag, true) ? 304 : undefined;
  return modifiedSince !== undefined && seconds(lastModified) <= modifiedSince ? 304 : undefined;
}

/** Whether a range may be sent: If-Range is absent or names exactly this version. */
export function isSameRange(headers: IncomingHttpHeaders, { etag, lastModified }: Version): boolean {
  const ifRange = headers['if-range'];
  if (ifRange === undefined) return true;
  if (/^(W\/)?"/.test(String(ifRange))) return ifRange === etag;
  return timeOf(String(ifRange)) === seconds(lastModified);
}
