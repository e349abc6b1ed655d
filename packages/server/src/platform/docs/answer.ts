import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

/** One address below /docs, or of a document, and what is there. Nothing is made before it is asked for. */
export interface DocsPage {
  path: string;
  contentType: string;
  /** Beyond what every answer has; they replace headers of the same name. */
  headers: Readonly<Record<string, string>>;
  /** Made once and kept. */
  content(): Promise<DocsContent>;
}

export interface DocsContent {
  plain: Buffer;
  gzipped: Buffer;
  etag: string;
}

/** Makes the content at the first call and keeps it; a failure is not kept. */
export function madeOnce(make: () => string | Promise<string>): () => Promise<DocsContent> {
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
  // Weak: both encodings carry the same one.
  const etag = `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  return { plain, gzipped: await compress(plain), etag };
}

/** What to send. */
export interface DocsAnswer {
  status: 200 | 304;
  headers: Record<string, string>;
  body: Buffer | undefined;
}

/**
 * Answers a request for a page: compressed where the reader can take it, and only if it has not got it already.
 * @param request headers by their names in lower case
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
