import type { Reminder } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { client } from '../../../live/client.ts';
import { useLive } from '../../../live/use-live.ts';
import { useOperation } from '../../../live/use-operation.ts';
import { plainText } from '../../../text/plain-text.ts';
import { RoundCheck } from '../../../ui/choice/choice.tsx';
import { DeleteIcon, EditIcon, MoreIcon } from '../../../ui/icons.ts';
import { Row } from '../../../ui/layout/pane.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { MenuIconButton } from '../../../ui/menu/menu.tsx';
import { type MenuEntry, menuOf } from '../../../ui/menu/menu-entry.ts';
import { completeReminder, deleteReminder, snoozeReminder } from '../commands.ts';
import { useMoment, useNamedTimes, useOtherName, useTimeNames } from '../hooks.ts';
import { openReminder } from '../request.ts';
import styles from './reminders.module.css';
import { useAdjustedText, useReminderTime } from './use-reminder-text.ts';

/** One open reminder: complete it, snooze it, change it, delete it. */
export function ReminderRow({ reminder, isOnTask = false }: { reminder: Reminder; isOnTask?: boolean }) {
  const { t } = useLingui();
  const { address, title } = useAbout(reminder);
  const timeOf = useReminderTime();
  const adjusted = useAdjustedText()(reminder);
  const entries = useEntries(reminder);
  const name = useOtherName(reminder.userId);
  const isMine = useLive(({ me }) => me?.id === reminder.userId);
  return (
    <Row
      start={
        isMine && (
          <RoundCheck label={t`Done: ${title}`} checked={false} onChange={() => void completeReminder(reminder)} />
        )
      }
      sub={
        <span className={styles.facts}>
          <span>{timeOf(reminder)}</span>
          {name !== undefined && <span>{t`for ${name}`}</span>}
          {adjusted !== undefined && <span className={styles.adjusted}>{adjusted}</span>}
        </span>
      }
      end={<MenuIconButton size={28} icon={MoreIcon} label={t`Reminder: ${title}`} entries={entries} />}
    >
      {address !== undefined && !isOnTask ? (
        <Link to={address}>
          <bdi>{title}</bdi>
        </Link>
      ) : (
        <bdi>{title}</bdi>
      )}
    </Row>
  );
}

/** What a reminder is about: its own words, else those of the task or the message; and where that is. */
function useAbout({ conversationId, message, messageId, taskId }: Reminder): { title: string; address?: string } {
  const { t } = useLingui();
  const task = useLive(({ tasks }) => tasks[taskId ?? '']?.title);
  const { data } = useOperation('messages.get', messageId !== null && message === '' ? { messageId } : undefined);
  const words = message || task || (data && plainText(data.content).slice(0, 200));
  const title = words || (messageId === null ? t`Reminder` : t`A message`);
  if (taskId !== null) return { title, address: `/tasks/${taskId}` };
  return conversationId === null ? { title } : { title, address: `/c/${conversationId}` };
}

function useEntries(reminder: Reminder): MenuEntry[] {
  const { t } = useLingui();
  const names = useTimeNames();
  const moment = useMoment();
  const { shown, at } = useNamedTimes();
  const isMine = useLive(({ me }) => me?.id === reminder.userId);
  const snooze = (name: string) => {
    const chosen = at(client.now()).find((each) => each.name === name);
    if (chosen) void snoozeReminder(reminder, chosen.at, moment(chosen.at));
  };
  return menuOf(
    isMine && { heading: t`Snooze` },
    ...(isMine ? shown.map(({ name }): MenuEntry => ({ label: names[name], onSelect: () => snooze(name) })) : []),
    'line',
    { label: t`Change`, icon: EditIcon, onSelect: () => openReminder({ reminder }) },
    { label: t`Delete`, icon: DeleteIcon, danger: true, onSelect: () => void deleteReminder(reminder) },
  );
}
