import process from 'node:process';
import { parseDemoArguments, USAGE } from './arguments.ts';
import { play } from './play.ts';
import { type DemoServer, startDemoServer } from './server.ts';
import { Stage } from './stage.ts';

/** From sysexits.h: the command was used wrongly. */
const EXIT_USAGE = 64;

/**
 * The product at work in a terminal, seen through its own SDK.
 * @returns the exit code
 */
export async function runDemo(args: readonly string[]): Promise<number> {
  const request = parseDemoArguments(args);
  if (request.kind === 'help') {
    process.stdout.write(USAGE);
    return 0;
  }
  if (request.kind === 'wrong') {
    process.stderr.write(`${request.reason}\n\n${USAGE}`);
    return EXIT_USAGE;
  }
  const stage = new Stage({
    write: (text) => process.stdout.write(text),
    paced: !request.fast,
    terminal: process.stdout.isTTY && process.stdout.hasColors(),
  });
  return run(request.url, stage);
}

async function run(given: string | undefined, stage: Stage): Promise<number> {
  let server: DemoServer | undefined;
  const stopEarly = () => {
    void (server?.stop() ?? Promise.resolve()).finally(() => process.exit(130));
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, stopEarly);
  try {
    if (given === undefined) {
      stage.fact('Starting a server with a database of its own; the first time that takes some seconds …');
      server = await startDemoServer();
    }
    const url = given ?? server?.url ?? '';
    stage.fact(`Playing on ${url}`);
    await play(url, stage, server?.mailedCode);
    await server?.stop();
    server = undefined;
    sayGoodbye(stage, given);
    return 0;
  } catch (error) {
    process.stderr.write(`\nThe demo broke off: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    await server?.stop();
  }
}

function sayGoodbye(stage: Stage, given: string | undefined): void {
  stage.title('How to go on');
  if (given === undefined) stage.fact('This server and its data are gone now. Your own:');
  if (given === undefined) stage.command('npm start');
  stage.fact('Every operation, to read and to try:');
  stage.command(`${given ?? 'http://localhost:3000'}/docs`);
  stage.fact('What you have just seen, in code: packages/client/README.md and packages/server/src/demo/.');
}
