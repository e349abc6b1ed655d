import type { LiveConversation } from '@atrium/client';
import type { ConversationNotifications } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { dayAfter, instantAt } from '../../../i18n/days.ts';
import { useFormats } from '../../../i18n/formats.ts';
import { client } from '../../../live/client.ts';
import { useLive } from '../../../live/use-live.ts';
import { BellIcon, MutedIcon } from '../../../ui/icons.ts';
import { MenuIconButton } from '../../../ui/menu/menu.tsx';
import { menuOf } from '../../../ui/menu/menu-entry.ts';
import { setConversationLevel } from '../commands.ts';
import { useConversationLevel } from '../hooks.ts';

const HOUR_MS = 3_600_000;
const MORNING = '09:00';

/** Which messages of a conversation notify me, for good or for a while. */
export function ConversationBell({
  conversation: { id, kind },
}: {
  conversation: Pick<LiveConversation, 'id' | 'kind'>;
}) {
  const { t } = useLingui();
  const { dayKey, full } = useFormats();
  const timeZone = useLive(({ me }) => me?.timezone);
  const { level, until } = useConversationLevel(id);
  const choose = (chosen: ConversationNotifications['level'], end: string | null = null) =>
    void setConversationLevel({ conversationId: id, level: chosen, until: end });
  const morning = (days: number) => instantAt(dayAfter(dayKey(client.now()), days), MORNING, timeZone);
  const usual = kind === 'direct' ? t`As usual: every message` : t`As usual: mentions and replies`;
  const ends = until === null ? '' : full(until);
  const state = {
    all: t`every message`,
    mentions: t`mentions and replies`,
    nothing: until === null ? t`nothing` : t`nothing until ${ends}`,
  };
  const now = level === null ? usual : state[level];
  return (
    <MenuIconButton
      icon={level === 'nothing' ? MutedIcon : BellIcon}
      label={t`What notifies me here. ${now}`}
      align="end"
      entries={menuOf(
        { heading: t`Notify me of` },
        { label: usual, checked: level === null, onSelect: () => choose(null) },
        { label: t`Every message`, checked: level === 'all', onSelect: () => choose('all') },
        { label: t`Mentions and replies`, checked: level === 'mentions', onSelect: () => choose('mentions') },
        { label: t`Nothing`, checked: level === 'nothing' && until === null, onSelect: () => choose('nothing') },
        'line',
        { heading: level === 'nothing' && until !== null ? t`Nothing until ${ends}` : t`Nothing for a while` },
        {
          label: t`For an hour`,
          onSelect: () => choose('nothing', new Date(client.now() + HOUR_MS).toISOString()),
        },
        { label: t`Until tomorrow morning`, onSelect: () => choose('nothing', morning(1)) },
        { label: t`For a week`, onSelect: () => choose('nothing', morning(7)) },
      )}
    />
  );
}
