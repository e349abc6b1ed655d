import { expect, it } from 'vitest';
import { ann, bob, cat, event, ofWorkspace, snapshot, uuid, workspace } from '../test/fixtures.ts';
import { People } from './people.ts';
import { apply, fromSnapshot, type LiveState } from './state/live-state.ts';

const start = fromSnapshot(snapshot());
const without = (userId: string): LiveState =>
  apply(start, event(ofWorkspace, 1, 'member:left', { workspaceId: workspace.id, userId }));

function people(): People & { changes: number } {
  const made = Object.assign(
    new People(() => {
      made.changes += 1;
    }),
    { changes: 0 },
  );
  return made;
}

it('remembers people who have left, and no current members', () => {
  const kept = people();
  kept.observe(start);
  expect(kept.known).toEqual({});
  kept.observe(without(bob.id));
  expect(kept.known).toEqual({ [bob.id]: bob });
  expect(kept.changes).toBe(1);
});

it('forgets the people of a workspace that the user has left', () => {
  const kept = people();
  kept.observe(start);
  kept.observe({ ...start, workspaces: {} });
  expect(kept.known).toEqual({});
});

it('keeps the latest profile of each person, and the latest 5,000 people', () => {
  const kept = people();
  kept.add([cat]);
  kept.add([{ ...cat, name: 'Cat B.' }]);
  expect(kept.known[cat.id]?.name).toBe('Cat B.');
  kept.add(Array.from({ length: 5_000 }, (_, at) => ({ ...ann, id: uuid(10_000 + at) })));
  expect(Object.keys(kept.known)).toHaveLength(5_000);
  expect(kept.known[cat.id]).toBeUndefined();
});
