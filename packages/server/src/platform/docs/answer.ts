import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** A page below /docs or a document. Its content is created on the first request. */
export interface DocsPage {
  path: string;
  contentType: string;
  /** Added to the default headers, or replacing those of the same name. */
  headers: Readonly<Record<string, string>>;
  /** Created once and cached. */
  content(): Promise<DocsContent>;
}

export interface DocsContent {
  plain: Buffer;
  gzipped: Buffer;
  etag: string;
}

/** Creates the content on the first call and caches it; a failure is not cached. */
export function createdOnce(make: () => string | Promise<string>): () => Promise<DocsContent> {
  let content: Promise<DocsContent> | undefined;
  return () => {
    content ??= prepare(make).catch((error: unknown) => {
      content = undefined;
      throw error;
    });
    return content;
  };
}

async function prepare(make: () => string | Promise<string>): Promise<DocsContent> {
  const plain = Buffer.from(await make());
  // Weak: both encodings share it.
  const etag = `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  return { plain, gzipped: await compress(plain), etag };
}

/** The response. */
export interface DocsAnswer {
  status: 200 | 304;
  headers: Record<string, string>;
  body: Buffer | undefined;
}

/**
 * Answers a request for a page: compressed if the client accepts it, and 304 if the client has the current version.
 * @param request headers by lower-case name
 */
export async function answerDocs(
  page: DocsPage,
  request: { 'if-none-match'?: string | undefined; 'accept-encoding'?: string | string[] | undefined },
): Promise<DocsAnswer> {
  const { plain, gzipped, etag } = await page.content();
  const headers = { ...page.headers, etag, 'cache-control': 'no-cache', vary: 'Accept-Encoding' };
  if (request['if-none-match']?.includes(etag) === true) return { status: 304, headers, body: undefined };
  const typed = { ...headers, 'content-type': page.contentType };
  if (!/\bgzip\b(?!;\s*q=0(?:\.0*)?(?:,|$))/.test(String(request['accept-encoding'] ?? ''))) {
    return { status: 200, headers: typed, body: plain };
  }
  return { status: 200, headers: { ...typed, 'content-encoding': 'gzip' }, body: gzipped };
}
