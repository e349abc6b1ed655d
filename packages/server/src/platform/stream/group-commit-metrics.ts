import { counter, type Metric } from '../metrics/index.ts';
import type { GroupCommit } from './group-commit.ts';

/**
 * The writes of a group commit and the items in them: their ratio is the size of a batch.
 * @param name of what is written, in the plural, such as `messages`
 */
export function groupCommitMetrics(name: string, { totals }: Pick<GroupCommit<never, never>, 'totals'>): Metric[] {
  return [
    counter(`atrium_${name}_writes_total`, `Group commits of ${name} by this node.`, () => totals.writes),
    counter(`atrium_${name}_written_total`, `Written ${name}, in group commits of this node.`, () => totals.items),
  ];
}
