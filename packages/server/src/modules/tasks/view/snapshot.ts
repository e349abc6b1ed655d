import type { Label } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { rolesOf } from '../../workspaces/index.ts';
import { labelsOf } from '../rows/label-store.ts';
import { isStaff } from '../rows/policy.ts';
import { presentLabel } from '../rows/present.ts';

/** The labels of the workspaces in which a person works. */
export async function labelsOfPerson(db: Executor, userId: string): Promise<Label[]> {
  const staffed = [...(await rolesOf(db, userId))].filter(([, role]) => isStaff(role)).map(([id]) => id);
  return (await labelsOf(db, staffed)).map(presentLabel);
}
