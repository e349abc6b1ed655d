import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { Button } from '../../../ui/button/button.tsx';
import { Segmented } from '../../../ui/choice/choice.tsx';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { TextField } from '../../../ui/field/text-field.tsx';
import { FormProblem } from '../../identity/index.ts';
import type { ReminderRequest } from '../request.ts';
import styles from './reminders.module.css';
import { RepeatField } from './repeat-field.tsx';
import { useReminderForm } from './use-reminder-form.ts';
import { useReminderTime } from './use-reminder-text.ts';
import { WhenFields } from './when-fields.tsx';

const MOST_WORDS = 500;

/** Makes a reminder, or changes one. */
export function ReminderDialog({ request, onClose }: { request: ReminderRequest; onClose: () => void }) {
  const { t } = useLingui();
  const formId = useId();
  const { messageId, reminder, task } = request;
  const { change, fields, hasDue, isBefore, isBusy, missing, needsWords, problem, submit } = useReminderForm(
    request,
    onClose,
  );
  const timeOf = useReminderTime();
  const about = task ? <bdi>{task.title}</bdi> : messageId !== undefined && <Trans>About the message</Trans>;
  return (
    <Dialog
      open
      onClose={onClose}
      title={reminder ? t`Change the reminder` : t`Remind me`}
      description={about}
      actions={
        <>
          <Button onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" form={formId} variant="primary" busy={isBusy} disabledReason={missing}>
            {reminder ? <Trans>Save</Trans> : <Trans>Remind me</Trans>}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy && missing === undefined) void submit();
        }}
      >
        <TextField
          label={needsWords ? t`What about` : t`Note`}
          dir="auto"
          autoFocus={needsWords}
          maxLength={MOST_WORDS}
          value={fields.message}
          onChange={({ target }) => change({ message: target.value })}
        />
        <WhenFields
          value={fields.when}
          kept={reminder && timeOf(reminder)}
          hasDue={hasDue}
          onChange={(when) => change({ when })}
        />
        {!isBefore && <RepeatField rule={fields.rule} onChange={(rule) => change({ rule })} />}
        <Segmented
          label={t`How it comes, beside the notifications`}
          value={fields.type}
          options={[
            { value: 'both', label: t`Mail and push` },
            { value: 'email', label: t`Mail` },
            { value: 'push', label: t`Push` },
          ]}
          onChange={(type) => change({ type })}
        />
        <FormProblem>{problem}</FormProblem>
      </form>
    </Dialog>
  );
}
