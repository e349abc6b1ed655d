import { asyncApiDocument } from './asyncapi.ts';
import { openApiDocument } from './openapi.ts';
import { postmanCollection } from './postman.ts';
import { externalEventsModule, routesModule } from './routes-module.ts';

/** The committed files that are generated from the contract: path in the repository → text. */
export function committedDocuments(): Record<string, string> {
  const documents = {
    'openapi.json': openApiDocument(),
    'asyncapi.json': asyncApiDocument(),
    'postman.json': postmanCollection(),
  };
  return {
    ...Object.fromEntries(
      Object.entries(documents).map(([name, document]) => [name, `${JSON.stringify(document, null, 2)}\n`]),
    ),
    'packages/protocol/src/routes.ts': routesModule(),
    'packages/protocol/src/external-event-types.ts': externalEventsModule(),
  };
}
