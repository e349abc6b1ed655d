import type { Label, TaskState } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useId, useState } from 'react';
import { useForm } from '../../../live/use-form.ts';
import { Button, IconButton } from '../../../ui/button/button.tsx';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { CloseIcon, PlusIcon } from '../../../ui/icons.ts';
import { MenuIconButton } from '../../../ui/menu/menu.tsx';
import { FormProblem } from '../../identity/index.ts';
import { addLabel, changeTask } from '../commands.ts';
import { useLabels } from '../hooks.ts';
import styles from './extra-fields.module.css';
import { LabelChip } from './label-chip.tsx';

/** The labels of a task: of those of its workspace, to which more can be added. */
export function LabelField({ task }: { task: TaskState }) {
  const { t } = useLingui();
  const labels = useLabels(task.workspaceId);
  const [isAdding, setAdding] = useState(false);
  const set = (labelIds: string[]) => changeTask(task, { labelIds });
  // Labels belong to those who work in the workspace, who are also those who may add members.
  const mayLabel = task.can.addMembers;
  const mine = labels.filter(({ id }) => task.labelIds.includes(id));
  const others = labels.filter(({ id }) => !task.labelIds.includes(id));
  const add = (id: string) => set([...task.labelIds, id]);
  return (
    <div className={styles.labels}>
      {mine.map((label) => {
        const { id, name } = label;
        return (
          <span key={id} className={styles.label}>
            <LabelChip label={label} />
            {mayLabel && (
              <IconButton
                size={24}
                icon={CloseIcon}
                label={t`Take off: ${name}`}
                onClick={() => void set(task.labelIds.filter((each) => each !== id))}
              />
            )}
          </span>
        );
      })}
      {mayLabel && (
        <MenuIconButton
          size={28}
          icon={PlusIcon}
          label={t`Add a label`}
          entries={[
            ...others.map(({ id, name }) => ({ label: name, onSelect: () => void add(id) })),
            { label: t`New label…`, onSelect: () => setAdding(true) },
          ]}
        />
      )}
      {isAdding && (
        <NewLabel
          workspaceId={task.workspaceId}
          count={labels.length}
          onAdded={({ id }) => void add(id)}
          onClose={() => setAdding(false)}
        />
      )}
    </div>
  );
}

function NewLabel({
  workspaceId,
  count,
  onAdded,
  onClose,
}: {
  workspaceId: string;
  /** The number of labels so far. */
  count: number;
  onAdded: (label: Label) => void;
  onClose: () => void;
}) {
  const { t } = useLingui();
  const formId = useId();
  const { form, isBusy, errors, problem } = useForm({
    fields: { conflict: 'name' },
    send: async ({ name = '' }) => {
      onAdded(await addLabel(workspaceId, name.trim(), count));
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`New label`}
      description={<Trans>Everyone who works in this workspace can use it.</Trans>}
      actions={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" form={formId} variant="primary" busy={isBusy}>
            <Trans>Add label</Trans>
          </Button>
        </>
      }
    >
      <form {...form} id={formId}>
        <TextField name="name" label={t`Name`} required maxLength={50} autoFocus dir="auto" error={errors.name} />
        <FormProblem>{problem}</FormProblem>
      </form>
    </Dialog>
  );
}
