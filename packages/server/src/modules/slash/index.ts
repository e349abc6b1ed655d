import type { Executor } from '../../platform/operations/call.ts';
import type { Module } from '../../platform/operations/module.ts';
import type { SlashCommand } from './command.ts';
import { slashOperations } from './operations.ts';
import { SlashRegistry } from './registry.ts';

export type { SlashAnswer, SlashCall, SlashCommand } from './command.ts';
export { misused } from './registry.ts';

/**
 * What people type behind a slash.
 * @param deps.commands of all features
 * @throws Error when two commands have the same name
 */
export function slashModule(deps: { commands: readonly SlashCommand[]; execute: Executor['execute'] }): Module {
  const registry = new SlashRegistry(deps.commands);
  return { name: 'slash', operations: slashOperations({ registry, execute: deps.execute }) };
}
