import type { Module, OperationExecutor, Registry } from '../../platform/module/index.ts';
import type { SlashCommand } from './command.ts';
import { slashOperations } from './operations.ts';
import { SlashRegistry } from './registry.ts';

export type { SlashAnswer, SlashCall, SlashCommand } from './command.ts';
export { misused, misusedAs } from './registry.ts';

declare module '../../platform/module/index.ts' {
  interface Module {
    /** What people can type behind a slash. */
    slashCommands?: readonly SlashCommand[];
  }
}

/** What people type behind a slash. It does not start when two commands have the same name. */
export function slashModule({
  modules,
  execute,
}: {
  modules: Pick<Registry, 'all'>;
  execute: OperationExecutor['execute'];
}): Module {
  let known: SlashRegistry | undefined;
  const registry = () => {
    known ??= new SlashRegistry(modules.all().flatMap(({ slashCommands = [] }) => slashCommands));
    return known;
  };
  return {
    name: 'slash',
    operations: slashOperations({ registry, execute }),
    start() {
      registry();
      return () => undefined;
    },
  };
}
