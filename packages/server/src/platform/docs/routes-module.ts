import { type EventSpec, events, operations, problems, protocolVersion, sizes } from '@atrium/protocol';

/** A value as source code, in the style of the formatter. */
function source(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(source).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, field]) => field !== undefined);
    return `{ ${entries.map(([key, field]) => `${key}: ${source(field)}`).join(', ')} }`;
  }
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}

const fields = (record: object) =>
  Object.entries(record)
    .map(([key, value]) => `  ${key}: ${source(value)},\n`)
    .join('');
const lines = (values: readonly unknown[]) => values.map((value) => `  ${source(value)},\n`).join('');

/** The contract without its schemas, as a TypeScript module, so that browser clients do not load zod. */
export function routesModule(): string {
  const routes = operations.map(({ name, method, path, access, event, readOnly, body, files, secret }) => ({
    name,
    method,
    path,
    ...(access === 'public' ? { access, secret } : {}),
    event,
    readOnly,
    body,
    files,
  }));
  return `// Generated from the contract by \`npm run generate\`. Do not edit.
import type { Route } from './core/route.ts';

export { hasBody, isCommand, pathKeys } from './core/operation.ts';
export type { Route } from './core/route.ts';

/** Every operation, in contract order. */
export const routes: readonly Route[] = [
${lines(routes)}];

/** Every problem code. */
export const problemCodes: readonly string[] = [
${lines(Object.keys(problems))}];

/** Sizes on which server and clients agree. */
export const sizes = {
${fields(sizes)}} as const;

/** Version of the socket protocol. */
export const protocolVersion = ${protocolVersion};
`;
}

/** The event types that external servers can receive, as a TypeScript module for the same clients. */
export function externalEventsModule(): string {
  const external = Object.entries<EventSpec>(events).flatMap(([type, spec]) => (spec.external ? [type] : []));
  return `// Generated from the contract by \`npm run generate\`. Do not edit.

/** The event types that external servers can receive. Their data is the same as on the socket. */
export const externalEventTypes = [
${lines(external)}] as const;

export type ExternalEventType = (typeof externalEventTypes)[number];
`;
}
