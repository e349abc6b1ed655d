import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import { appUrlOf } from '../config.ts';
import type { Administrator, Operator } from '../modules/identity/index.ts';
import { type Cli, withDatabase } from './cli.ts';
import { readLine } from './terminal.ts';

interface PasswordOption {
  passwordStdin?: boolean;
}

/** `atrium admin`: operators create administrators and reset their passwords. */
export function adminCommand(cli: () => Cli): Command {
  const admin = new Command('admin').description('make, reset and list administrators of the instance');
  admin
    .command('create')
    .description('make an account of an administrator, with a verified address')
    .requiredOption('--email <address>', 'the address that they sign in with')
    .requiredOption('--name <name>', 'how others see them')
    .option('--username <username>', 'for @mentions')
    .option('--password-stdin', 'read the password from the first line of standard input; otherwise one is made')
    .action((options: { email: string; name: string; username?: string } & PasswordOption) => create(cli(), options));
  admin
    .command('reset')
    .description('give an administrator a new password; ends their sessions and API tokens, enables their account')
    .argument('<address>', 'the address of the account')
    .option('--grant', 'make them an administrator if they are none')
    .option('--remove-two-factor', 'let the password alone be enough')
    .option('--password-stdin', 'read the password from the first line of standard input; otherwise one is made')
    .action((email: string, options: { grant?: boolean; removeTwoFactor?: boolean } & PasswordOption) =>
      reset(cli(), email, options),
    );
  admin
    .command('list')
    .description('list the administrators')
    .action(() => list(cli()));
  return admin;
}

async function create(
  cli: Cli,
  { passwordStdin, ...wanted }: { email: string; name: string; username?: string } & PasswordOption,
): Promise<void> {
  const password = await passwordFrom(cli, passwordStdin);
  const create = (operator: Operator) => operator.create({ ...wanted, password: password.value });
  const { id } = await withOperator(cli, create, { orEmpty: true });
  say(cli, { id, email: wanted.email }, password, `Created administrator ${wanted.email}.`);
}

async function reset(
  cli: Cli,
  email: string,
  {
    grant = false,
    removeTwoFactor = false,
    passwordStdin,
  }: { grant?: boolean; removeTwoFactor?: boolean } & PasswordOption,
): Promise<void> {
  const password = await passwordFrom(cli, passwordStdin);
  const { id } = await withOperator(cli, (operator) =>
    operator.reset({ email, grant, removeTwoFactor, password: password.value }),
  );
  say(cli, { id, email }, password, `${email} has a new password. All their devices are signed out.`);
}

async function list(cli: Cli): Promise<void> {
  const administrators = await withOperator(cli, (operator) => operator.list());
  const lines = administrators.map(describe);
  cli.result({ administrators }, lines.length > 0 ? lines.join('\n') : 'There is no administrator yet.');
}

function describe({ email, name, disabled, twoFactor, lastUsedAt }: Administrator): string {
  const facts = [
    disabled ? 'disabled' : 'active',
    twoFactor ? 'two-factor' : 'password only',
    lastUsedAt === null ? 'never signed in' : `last seen ${lastUsedAt}`,
  ];
  return `${email}  ${name}  (${facts.join(', ')})`;
}

interface Password {
  value: string;
  isMade: boolean;
}

async function passwordFrom({ surroundings }: Cli, fromStdin: boolean | undefined): Promise<Password> {
  if (fromStdin) return { value: await readLine(surroundings), isMade: false };
  return { value: randomBytes(15).toString('base64url'), isMade: true };
}

function say(cli: Cli, value: { id: string; email: string }, password: Password, text: string): void {
  const hint = `Password: ${password.value}\nIt is shown only now. Change it after signing in.`;
  if (password.isMade) cli.result({ ...value, password: password.value }, `${text}\n${hint}`);
  else cli.result(value, text);
}

/** Builds the whole server, so that all listeners to accounts run; the real server may be running as well. */
async function withOperator<Result>(
  cli: Cli,
  work: (operator: Operator) => Promise<Result>,
  { orEmpty = false } = {},
): Promise<Result> {
  // Loaded lazily, since help does not need it.
  const [{ createApp }, { createOperator }] = await Promise.all([
    import('../app.ts'),
    import('../modules/identity/index.ts'),
  ]);
  return withDatabase(
    cli,
    async (database, config) => {
      const { log } = cli;
      const app = await createApp(config, log, { database, background: false });
      try {
        const { transact } = app;
        const appUrl = appUrlOf(config);
        return await work(createOperator({ appUrl, database, defaultTimezone: config.defaultTimezone, transact }));
      } finally {
        await app.stop();
      }
    },
    { current: true, orEmpty },
  );
}
