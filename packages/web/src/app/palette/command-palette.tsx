import { Trans, useLingui } from '@lingui/react/macro';
import { useDeferredValue, useMemo, useState } from 'react';
import { messageEntry, useConversationEntries, usePersonEntries } from '../../features/chat/index.ts';
import { useStatusEntries } from '../../features/presence/index.ts';
import { searchAddress, useSearch } from '../../features/search/index.ts';
import { useLive } from '../../live/use-live.ts';
import { Icon } from '../../ui/icon/icon.tsx';
import { CommandIcon, SearchIcon } from '../../ui/icons.ts';
import { useNavigate } from '../../ui/link/link-context.tsx';
import { Palette } from '../../ui/palette/palette.tsx';
import type { PaletteEntry, PaletteGroup } from '../../ui/palette/palette-entry.ts';
import { Kbd } from '../../ui/text/kbd.tsx';
import { SHORTCUTS } from '../shortcuts/table.ts';
import type { ShortcutActions } from '../shortcuts/use-shortcuts.ts';
import { ranked, wantedOf } from './rank.ts';

const EACH = 6;
const textOf = ({ label, hint }: PaletteEntry) => `${label} ${hint ?? ''}`;

export interface CommandPaletteProps {
  open: boolean;
  onClose: () => void;
  /** Commands that are available everywhere. */
  actions: ShortcutActions;
}

/** ⌘K: people, conversations, messages, and every command with a shortcut. While it is closed it follows nothing. */
export function CommandPalette({ open, ...props }: CommandPaletteProps) {
  return open && <OpenPalette {...props} />;
}

function OpenPalette({ onClose, actions }: Omit<CommandPaletteProps, 'open'>) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const groups = useGroups(typed, actions);
  return (
    <Palette
      open
      onClose={onClose}
      label={t`Find anything, do anything`}
      placeholder={t`Find anything, do anything`}
      query={typed}
      onQuery={setTyped}
      groups={groups}
      empty={t`Nothing found`}
      onRun={({ run }) => {
        onClose();
        run();
      }}
      foot={
        <>
          <span>
            <Kbd keys=">" /> <Trans>commands</Trans>
          </span>
          <span>
            <Kbd keys="#" /> <Trans>conversations</Trans>
          </span>
          <span>
            <Kbd keys="@" /> <Trans>people</Trans>
          </span>
        </>
      }
    />
  );
}

function useGroups(typed: string, actions: ShortcutActions): PaletteGroup[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { kind, query } = wantedOf(typed);
  const conversations = useConversationEntries();
  const people = usePersonEntries();
  const commands = useCommandEntries(actions);
  const messages = useMessageEntries(kind === 'all' ? query : '');
  return useMemo(() => {
    const limit = kind === 'all' ? EACH : 50;
    const searchAll: PaletteEntry = {
      id: 'search',
      label: t`Search for “${query}” in all messages`,
      start: <Icon of={SearchIcon} small />,
      run: () => navigate(searchAddress({ q: query })),
    };
    const offers = (each: typeof kind) => kind === 'all' || kind === each;
    const groups: (PaletteGroup | false)[] = [
      offers('conversations') && { title: t`Conversations`, items: ranked(query, conversations, textOf, limit) },
      offers('people') &&
        (kind !== 'all' || query !== '') && { title: t`People`, items: ranked(query, people, textOf, limit) },
      offers('commands') && { title: t`Commands`, items: ranked(query, commands, textOf, limit) },
      kind === 'all' && query !== '' && { title: t`Messages`, items: [...messages, searchAll] },
    ];
    return groups.filter((group) => group !== false && group.items.length > 0) as PaletteGroup[];
  }, [kind, query, conversations, people, commands, messages, navigate, t]);
}

function useCommandEntries(actions: ShortcutActions): PaletteEntry[] {
  const { i18n } = useLingui();
  const statuses = useStatusEntries();
  return useMemo(() => {
    const start = <Icon of={CommandIcon} small />;
    const byKey = SHORTCUTS.flatMap(({ shortcuts }) => shortcuts).flatMap(({ id, keys, label }) => {
      const action = id && actions[id];
      if (!action || id === 'palette') return [];
      return [{ id: id as string, label: i18n._(label), keys: keys[0], start, run: action }];
    });
    return [...byKey, ...statuses.map(({ id, label, set }) => ({ id, label, start, run: set }))];
  }, [actions, i18n, statuses]);
}

/** The first matching messages, from two letters on. */
function useMessageEntries(query: string): PaletteEntry[] {
  const navigate = useNavigate();
  const wanted = useDeferredValue(query);
  const { items } = useSearch(wanted.length >= 2 ? { q: wanted } : undefined);
  const names = useLive(({ conversations }) => conversations);
  return useMemo(
    () =>
      (items ?? [])
        .slice(0, 5)
        .map(({ message }) => messageEntry(message, navigate, names[message.conversationId]?.name ?? '')),
    [items, navigate, names],
  );
}
