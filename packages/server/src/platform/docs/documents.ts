import { asyncApiDocument } from './asyncapi.ts';
import { openApiDocument } from './openapi.ts';
import { postmanCollection } from './postman.ts';

/** The documents that are committed at the root of the repository: file name → text. */
export function committedDocuments(): Record<string, string> {
  const documents = {
    'openapi.json': openApiDocument(),
    'asyncapi.json': asyncApiDocument(),
    'postman.json': postmanCollection(),
  };
  return Object.fromEntries(
    Object.entries(documents).map(([name, document]) => [name, `${JSON.stringify(document, null, 2)}\n`]),
  );
}
