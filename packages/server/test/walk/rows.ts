import { collect } from '../collect.ts';
import type { FeatureWalk, WalkCaller } from './define.ts';
import { type Role, roles } from './roles.ts';
import type { SharedWorld } from './shared-world.ts';

/** One row of a table. */
export interface Row {
  /** `operation`, or `operation / variant`. */
  title: string;
  operation: string;
  /** Where it is written. */
  file: string;
  expected: Record<Role, string>;
}

/** Reads a table. Throws for a line that does not have one outcome for each role. */
function readTable(file: string, table: string): Row[] {
  const [, ...lines] = table.trim().split('\n');
  return lines.map((line) => {
    const [, title = '', outcomes = ''] = /^(.{44})\s(.*)$/.exec(line) ?? [];
    const expected = outcomes.trim().split(/\s+/);
    if (expected.length !== roles.length)
      throw new Error(`${expected.length} outcomes instead of ${roles.length} in ${file}: ${line}`);
    const [operation = ''] = title.trim().split(' / ');
    return {
      title: title.trim(),
      operation,
      file,
      expected: Object.fromEntries(roles.map((role, at) => [role, expected[at]])),
    } as Row;
  });
}

const walks = await collect<FeatureWalk>('walk', 'walk');

/** The rows of all features. */
export const rows: readonly Row[] = walks.flatMap(({ file, value }) => readTable(file, value.table));

/** Titles that have a row but no input, or an input but no row; or more than one of either. */
export function unpaired(): string[] {
  return walks.flatMap(({ file, value }) => {
    const titles = readTable(file, value.table).map(({ title }) => title);
    const inputs = Object.keys(value.inputs);
    return [
      ...titles.filter((title) => !inputs.includes(title)).map((title) => `${file}: no input for "${title}"`),
      ...inputs.filter((title) => !titles.includes(title)).map((title) => `${file}: no row for "${title}"`),
      ...titles.filter((title, at) => titles.indexOf(title) < at).map((title) => `${file}: two rows "${title}"`),
    ];
  });
}

/**
 * Creates the fixtures of every feature.
 * @returns a function that builds a valid input for a row and a caller
 */
export async function prepareInputs(
  world: SharedWorld,
): Promise<(row: Row, caller: WalkCaller) => Record<string, unknown>> {
  const builders = new Map<string, (caller: WalkCaller) => Record<string, unknown>>();
  for (const { value } of walks) {
    const withFixtures = { ...world, ...((await value.prepare?.(world)) as object | undefined) };
    for (const [title, build] of Object.entries(value.inputs)) {
      builders.set(title, (caller) => build(withFixtures, caller));
    }
  }
  return (row, caller) => builders.get(row.title)!(caller);
}
