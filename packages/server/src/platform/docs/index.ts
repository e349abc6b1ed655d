import type { Operation } from '@atrium/protocol';
import { createdOnce, type DocsPage } from './answer.ts';
import type { JsonSchema } from './json-schema.ts';

export { answerDocs, type DocsPage } from './answer.ts';
export type { JsonSchema } from './json-schema.ts';

/**
 * Scalar injects styles into the page at run time, so /docs, and only that page, allows inline styles. Scripts stay
 * limited to our own files, and nothing can be sent elsewhere.
 */
const REFERENCE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
  "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** No scripts, no foreign content. */
const LIVE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HTML = 'text/html; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

/** What the documentation needs from the server. */
export interface DocsSources {
  /** The public URL of this server. */
  appUrl: string;
  /** The browser script that renders the REST reference. Loaded once, when the page is first opened. */
  scalarScript(): Promise<string>;
}

/**
 * The documentation: /docs, /docs/live, their assets, and the documents they are built from. Costs nothing until a page
 * is requested: even its code is loaded then.
 */
export function docsPages({ appUrl, scalarScript }: DocsSources): DocsPage[] {
  const page = (path: string, contentType: string, make: () => Promise<string>, policy?: string): DocsPage => ({
    path,
    contentType,
    headers: policy === undefined ? {} : { 'content-security-policy': policy },
    content: createdOnce(make),
  });
  const reference = () => import('./reference-page.ts');
  const text = (document: object) => `${JSON.stringify(document)}\n`;
  return [
    page('/docs', HTML, async () => (await reference()).REFERENCE_PAGE, REFERENCE_POLICY),
    page('/docs/assets/reference.js', SCRIPT, async () => (await reference()).REFERENCE_SCRIPT),
    page('/docs/assets/scalar.js', SCRIPT, scalarScript),
    page('/docs/live', HTML, async () => (await import('./live-page.ts')).renderLivePage(appUrl), LIVE_POLICY),
    page(
      '/docs/assets/live.css',
      'text/css; charset=utf-8',
      async () => (await import('./live-page-style.ts')).LIVE_PAGE_STYLE,
    ),
    page('/openapi.json', JSON_TYPE, async () => text((await import('./openapi.ts')).openApiDocument())),
    page('/asyncapi.json', JSON_TYPE, async () => text((await import('./asyncapi.ts')).asyncApiDocument())),
    page('/postman.json', JSON_TYPE, async () => text((await import('./postman.ts')).postmanCollection())),
  ];
}

/** The documents committed at the root of the repository: file name → text. */
export async function committedDocuments(): Promise<Record<string, string>> {
  return (await import('./documents.ts')).committedDocuments();
}

/** The inputs of operations as JSON Schema without references, by operation. */
export async function inputSchemas(operations: readonly Operation[]): Promise<ReadonlyMap<string, JsonSchema>> {
  const { inputSchema } = await import('./json-schema.ts');
  return new Map(operations.map(({ name, input }) => [name, inputSchema(input)]));
}
