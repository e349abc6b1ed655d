import type { AdminWorkspace } from '@atrium/protocol';
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../i18n/problems.ts';
import { Confirm } from '../../../ui/dialog/confirm.tsx';
import { FormProblem } from '../../identity/index.ts';
import { deleteWorkspace } from '../commands.ts';

/** Asks before a workspace is deleted, and says what it means. */
export function DeleteWorkspace({
  workspace,
  onClose,
  onDeleted = onClose,
}: {
  workspace: AdminWorkspace;
  onClose: () => void;
  onDeleted?: () => void;
}) {
  const { t } = useLingui();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { members, name } = workspace;
  const confirm = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await deleteWorkspace(workspace);
      onDeleted();
    } catch (error) {
      setProblem(problemText(error));
      setBusy(false);
    }
  };
  return (
    <Confirm
      open
      title={t`Delete the workspace ${name}?`}
      action={t`Delete the workspace`}
      busy={isBusy}
      error={<FormProblem>{problem}</FormProblem>}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      {plural(members, {
        one: 'Its conversations, tasks and files are gone for its # member, and nobody can bring them back.',
        other: 'Its conversations, tasks and files are gone for all # members, and nobody can bring them back.',
      })}
    </Confirm>
  );
}
