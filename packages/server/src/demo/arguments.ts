import { parseArgs } from 'node:util';

/** What the demo was asked to do. */
export type DemoRequest =
  | { kind: 'help' }
  | { kind: 'wrong'; reason: string }
  | { kind: 'run'; url: string | undefined; fast: boolean };

export const USAGE = `npm run demo -- [options]

Fills a workspace with people, channels and a conversation, then lets two of them talk.
It ends by itself after about half a minute.

  --fast       no pauses
  --url URL    use the server at this address; without it the demo starts one of its own
               on a temporary directory, which it removes afterwards
  --help       this text
`;

/** @param args what stands after the program's name */
export function parseDemoArguments(args: readonly string[]): DemoRequest {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { fast: { type: 'boolean' }, url: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) return { kind: 'help' };
    if (values.url !== undefined && !/^https?:\/\/[^/]/.test(values.url)) {
      return { kind: 'wrong', reason: '--url wants an address such as http://localhost:3000' };
    }
    return { kind: 'run', url: values.url, fast: values.fast ?? false };
  } catch (error) {
    return { kind: 'wrong', reason: error instanceof Error ? error.message : String(error) };
  }
}
