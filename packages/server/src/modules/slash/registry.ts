import type { SlashCommandInfo } from '@atrium/protocol';
import { problem } from '../../platform/module/index.ts';
import type { SlashCommand } from './command.ts';
import { nearest } from './nearest.ts';

/** Ends refusals: what looked like a command may have been meant as a message. */
const HINT = 'Begin with // to send a message that starts with a slash.';
const NAME = /^[a-z][a-z0-9-]{0,31}$/;

/** All commands by name. */
export class SlashRegistry {
  private readonly commands: ReadonlyMap<string, SlashCommand>;

  /** @throws Error for names that cannot be typed, and for two commands of one name */
  constructor(commands: readonly SlashCommand[]) {
    for (const { name } of commands) if (!NAME.test(name)) throw new Error(`/${name} cannot be the name of a command.`);
    this.commands = new Map(commands.map((command) => [command.name, command]));
    if (this.commands.size < commands.length) throw new Error('Two slash commands have the same name.');
  }

  /** As they are shown to people, by name. */
  list(): SlashCommandInfo[] {
    return [...this.commands.values()]
      .map((command) => ({ name: command.name, usage: usageOf(command), summary: command.summary }))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  /**
   * The command that a text begins with, and what stands behind its name.
   * @throws `unknown_command` that names those which are spelt alike; `invalid_input` when something has to stand there
   */
  find(text: string): { command: SlashCommand; args: string } {
    const [, typed = '', rest = ''] = /^\/(\S*)\s*(.*)$/su.exec(text) ?? [];
    const command = this.commands.get(typed.toLowerCase());
    if (command === undefined) throw this.unknown(typed);
    const args = rest.trim();
    if (args === '' && command.needsArgs) throw misusedAs(command);
    return { command, args };
  }

  private unknown(typed: string): Error {
    const near = nearest(typed.toLowerCase(), [...this.commands.keys()]).map((name) => `/${name}`);
    const question = near.length === 0 ? '' : `Did you mean ${near.join(' or ')}? `;
    return problem('unknown_command', `There is no command /${typed.slice(0, 32)}. ${question}${HINT}`);
  }
}

/** The refusal of a command whose arguments make no sense. */
export function misused(message: string): Error {
  return problem('invalid_input', { errors: [{ path: 'text', code: 'usage', message }] });
}

/** The refusal of a command that was typed with the wrong number of arguments. */
export function misusedAs(command: Pick<SlashCommand, 'name' | 'args'>): Error {
  return misused(`usage: ${usageOf(command)}. ${HINT}`);
}

function usageOf({ name, args }: Pick<SlashCommand, 'name' | 'args'>): string {
  return args === '' ? `/${name}` : `/${name} ${args}`;
}
