import type { TaskState } from '@atrium/protocol';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../../ui/button/button.tsx';
import { BellIcon } from '../../../ui/icons.ts';
import { List, Section } from '../../../ui/layout/pane.tsx';
import { useReminders } from '../hooks.ts';
import { openReminder } from '../request.ts';
import { ReminderRow } from './reminder-row.tsx';

/** How many stand on the page before the others are asked for. */
const SHOWN = 8;

/** My open reminders as a part of the page of the day. */
export function TodayReminders() {
  const { t } = useLingui();
  const all = useReminders();
  const [showsAll, setShowsAll] = useState(false);
  return (
    <Section
      title={<Trans>Reminders</Trans>}
      action={
        <Button variant="plain" size={28} icon={BellIcon} onClick={() => openReminder({})}>
          <Trans>Remind me</Trans>
        </Button>
      }
    >
      {all.length > 0 && (
        <List label={t`Reminders`}>
          {(showsAll ? all : all.slice(0, SHOWN)).map((reminder) => (
            <ReminderRow key={reminder.id} reminder={reminder} />
          ))}
        </List>
      )}
      {!showsAll && all.length > SHOWN && (
        <Button variant="plain" size={28} onClick={() => setShowsAll(true)}>
          <Plural value={all.length - SHOWN} one="Show # more" other="Show # more" />
        </Button>
      )}
    </Section>
  );
}

/** My open reminders about a task, as a part of its page. */
export function TaskReminders({ task }: { task: TaskState }) {
  const { t } = useLingui();
  const all = useReminders(task.id);
  return (
    <Section
      title={<Trans>Reminders</Trans>}
      action={
        <Button variant="plain" size={28} icon={BellIcon} onClick={() => openReminder({ task })}>
          <Trans>Remind me</Trans>
        </Button>
      }
    >
      {all.length > 0 && (
        <List label={t`Reminders`}>
          {all.map((reminder) => (
            <ReminderRow key={reminder.id} reminder={reminder} isOnTask />
          ))}
        </List>
      )}
    </Section>
  );
}
