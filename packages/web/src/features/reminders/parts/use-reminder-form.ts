import type { InputNamed } from '@atrium/client';
import type { Reminder, TaskState } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { dayAfter } from '../../../i18n/days.ts';
import { useFormats } from '../../../i18n/formats.ts';
import { client } from '../../../live/client.ts';
import { useLive } from '../../../live/use-live.ts';
import { showToast } from '../../../ui/toast/toasts.ts';
import { addReminder, changeReminder, timeProblem } from '../commands.ts';
import { useMoment, useNamedTimes } from '../hooks.ts';
import { comesAt, type When } from '../model.ts';
import type { ReminderRequest } from '../request.ts';
import { useAdjustedText } from './use-reminder-text.ts';
import type { WhenChoice } from './when-fields.tsx';

/** What stands in the dialog. */
interface Fields {
  message: string;
  when: WhenChoice;
  rule: string;
  type: Reminder['type'];
}

type Due = Pick<TaskState, 'dueAt' | 'dueOn'>;

/** The state of the dialog for one reminder, and what sends it. */
export function useReminderForm({ messageId, reminder, task }: ReminderRequest, onDone: () => void) {
  const { t } = useLingui();
  const { dayKey } = useFormats();
  const named = useNamedTimes();
  const tell = useToldTime();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [fields, setFields] = useState<Fields>(() => ({
    message: reminder?.message ?? '',
    when: {
      choice: reminder ? 'keep' : 'hour',
      before: reminder?.before ?? 'PT1H',
      day: dayAfter(dayKey(client.now()), 1),
      clock: '09:00',
    },
    rule: reminder?.recurrence?.rule ?? '',
    type: reminder?.type ?? 'both',
  }));
  const due: Due | undefined = useLive(({ tasks }) => tasks[reminder?.taskId ?? task?.id ?? '']) ?? task;
  const { message, rule, type, when } = fields;
  const isBefore = when.choice === 'before' || (when.choice === 'keep' && reminder?.before != null);
  const needsWords = !task && messageId === undefined && !reminder?.taskId && !reminder?.messageId;

  const chosen = (): When | undefined => {
    if (when.choice === 'keep') return undefined;
    if (when.choice === 'before') return { before: when.before };
    if (when.choice === 'own') return { localTime: `${when.day}T${when.clock}` };
    return named.at(client.now()).find(({ name }) => name === when.choice)?.when;
  };
  const send = async (): Promise<Reminder> => {
    const time = chosen();
    const shared = { message: message.trim(), type };
    if (reminder) {
      const hasNewRule = !isBefore && rule !== (reminder.recurrence?.rule ?? '');
      const recurrence = hasNewRule && { recurrence: rule === '' ? null : rule };
      return await changeReminder({
        reminderId: reminder.id,
        version: reminder.version,
        ...shared,
        ...time,
        ...recurrence,
      });
    }
    const input: InputNamed<'reminders.create'> = {
      ...shared,
      ...time,
      ...(task && { taskId: task.id }),
      ...(messageId !== undefined && { messageId }),
      ...(!isBefore && rule !== '' && { recurrence: rule }),
    };
    return await addReminder(input);
  };
  const submit = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      tell(await send());
      onDone();
    } catch (error) {
      setProblem(timeProblem(error));
      setBusy(false);
    }
  };

  return {
    fields,
    change: (part: Partial<Fields>) => setFields((before) => ({ ...before, ...part })),
    hasDue: due !== undefined && (due.dueAt !== null || due.dueOn !== null),
    isBefore,
    isBusy,
    needsWords,
    problem,
    submit,
    /** Why it cannot be sent as it is. */
    missing:
      needsWords && message.trim() === ''
        ? t`Say what you want to be reminded of`
        : when.choice === 'own' && (when.day === '' || when.clock === '')
          ? t`Choose a date and a time`
          : undefined,
  };
}

/** Tells when a reminder comes as the server has it, which a clock change may have moved. */
function useToldTime(): (reminder: Reminder) => void {
  const { t } = useLingui();
  const moment = useMoment();
  const adjusted = useAdjustedText();
  return (reminder) => {
    const at = comesAt(reminder);
    const when = at === null ? undefined : moment(at);
    showToast({
      kind: 'done',
      title: when === undefined ? t`Reminder saved` : t`Reminder: ${when}`,
      body: adjusted(reminder),
    });
  };
}
