import type { Transaction } from '../../../platform/database/index.ts';
import { problem } from '../../../platform/module/index.ts';
import { holdLabels } from '../rows/label-store.ts';

/** @throws `invalid_input` for labels that the workspace does not have */
export async function mustHaveLabels(tx: Transaction, workspaceId: string, labelIds: readonly string[]): Promise<void> {
  const known = await holdLabels(tx, workspaceId, labelIds);
  const errors = labelIds.flatMap((id, at) =>
    known.includes(id)
      ? []
      : [{ path: `labelIds[${at}]`, code: 'not_found', message: 'is not a label of the workspace' }],
  );
  if (errors.length > 0) throw problem('invalid_input', { errors });
}
