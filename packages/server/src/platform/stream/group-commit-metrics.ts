import { counter, type Metric } from '../metrics/index.ts';
import type { GroupCommit } from './group-commit.ts';

/**
 * The writes of a group commit and their items: the ratio is the batch size.
 * @param name the items in the plural, such as `messages`
 */
export function groupCommitMetrics(name: string, { totals }: Pick<GroupCommit<never, never>, 'totals'>): Metric[] {
  return [
    counter(`atrium_${name}_writes_total`, `Group commits of ${name} by this node.`, () => totals.writes),
    counter(`atrium_${name}_written_total`, `Written ${name}, in group commits of this node.`, () => totals.items),
  ];
}
