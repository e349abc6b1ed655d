import { collect } from '../collect.ts';
import type { FeatureWalk, WalkCaller } from './define.ts';
import { type Role, roles } from './roles.ts';
import type { SharedWorld } from './shared-world.ts';

/** A row of the table. */
export interface Row {
  /** `operation`, or `operation / variant`. */
  title: string;
  operation: string;
  /** The file that contains it. */
  file: string;
  expected: Record<Role, string>;
}

/** Parses a table. Throws for a line without one outcome for each role. */
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

const walks = (await collect<{ walk: FeatureWalk }>('walk', 'walk')).map(({ file, exports }) => ({
  file,
  walk: exports.walk,
}));

/** The rows of all features. */
export const rows: readonly Row[] = walks.flatMap(({ file, walk }) => readTable(file, walk.table));

/** Faults of titles: a row without an input, an input without a row, two rows of one title. */
export function titleFaults(): string[] {
  const all = rows.map(({ title }) => title);
  const twice = rows.filter(({ title }, at) => all.indexOf(title) < at);
  const unpaired = walks.flatMap(({ file, walk }) => {
    const titles = readTable(file, walk.table).map(({ title }) => title);
    const inputs = Object.keys(walk.inputs);
    return [
      ...titles.filter((title) => !inputs.includes(title)).map((title) => `${file}: no input for "${title}"`),
      ...inputs.filter((title) => !titles.includes(title)).map((title) => `${file}: no row for "${title}"`),
    ];
  });
  return [...unpaired, ...twice.map(({ file, title }) => `${file}: a second row for "${title}"`)];
}

/**
 * Creates the fixtures of every feature.
 * @returns a function that builds a valid input for a row and a caller
 */
export async function prepareInputs(
  world: SharedWorld,
): Promise<(row: Row, caller: WalkCaller) => Record<string, unknown>> {
  const builders = new Map<string, (caller: WalkCaller) => Record<string, unknown>>();
  for (const { walk } of walks) {
    const withFixtures = { ...world, ...((await walk.prepare?.(world)) as object | undefined) };
    for (const [title, build] of Object.entries(walk.inputs)) {
      builders.set(title, (caller) => build(withFixtures, caller));
    }
  }
  return (row, caller) => builders.get(row.title)!(caller);
}
