import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { dayAfter, instantAt } from '../../../i18n/days.ts';
import { useForm } from '../../../live/use-form.ts';
import { useLive } from '../../../live/use-live.ts';
import { useOperation } from '../../../live/use-operation.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { Select, TextField } from '../../../ui/field/text-field.tsx';
import { addTime } from '../commands.ts';
import styles from './time.module.css';

export interface AddTimeDialogProps {
  workspaceId: string;
  day: string;
  onClose: () => void;
}

/** Enters time that no timer has measured. An end before the beginning is on the next day. */
export function AddTimeDialog({ workspaceId, day, onClose }: AddTimeDialogProps) {
  const { t } = useLingui();
  const id = useId();
  const timeZone = useLive(({ me }) => me?.timezone);
  const tasks = useOperation('tasks.list', { workspaceId, scope: 'mine', limit: 200 }).data?.items ?? [];
  const { form, isBusy, problem, errors } = useForm({
    send: async ({ taskId = '', date = day, from = '', to = '', reason = '' }) => {
      await addTime({
        taskId,
        startedAt: instantAt(date, from, timeZone),
        stoppedAt: instantAt(to > from ? date : dayAfter(date, 1), to, timeZone),
        reason,
      });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      size="s"
      title={t`Add time`}
      actions={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" form={id} variant="primary" busy={isBusy}>
            <Trans>Add</Trans>
          </Button>
        </>
      }
    >
      <form {...form} id={id} className={styles.form}>
        <Select name="taskId" label={t`Task`} required error={errors.taskId}>
          {tasks
            .filter(({ can }) => can.track)
            .map((task) => (
              <option key={task.id} value={task.id}>
                {task.title}
              </option>
            ))}
        </Select>
        <TextField name="date" type="date" label={t`Day`} required defaultValue={day} error={errors.date} />
        <div className={styles.pair}>
          <TextField name="from" type="time" label={t`From`} required error={errors.from ?? errors.startedAt} />
          <TextField name="to" type="time" label={t`To`} required error={errors.to ?? errors.stoppedAt} />
        </div>
        <TextField name="reason" label={t`Reason`} required maxLength={500} error={errors.reason} />
        {problem && (
          <p role="alert" className={styles.problem}>
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  );
}
