import { useMemo, useState } from 'react';
import { NewDirectDialog, nextUnread, sectionsOf } from '../../features/chat/index.ts';
import { client } from '../../live/client.ts';
import { useNavigate } from '../../ui/link/link-context.tsx';
import { CommandPalette } from '../late-parts.ts';
import { focusPane } from './panes.ts';
import { type ShortcutActions, useShortcuts } from './use-shortcuts.ts';

type OwnId =
  | 'palette'
  | 'search'
  | 'keys'
  | 'pane'
  | 'paneBack'
  | 'inbox'
  | 'chat'
  | 'newMessage'
  | 'nextUnread'
  | 'followingUnread'
  | 'previousUnread'
  | 'next'
  | 'previous'
  | 'readAll';

export interface GlobalKeysProps {
  workspaceId: string | undefined;
  /** The open conversation. */
  openId: string | undefined;
  /** Whether the user may begin conversations here. */
  mayWrite: boolean;
  paletteOpen: boolean;
  onPalette: (open: boolean) => void;
  /** The shortcuts of the shell and of other features. */
  more: Omit<ShortcutActions, OwnId>;
}

/** The shortcuts that work everywhere, and the palette that lists them. */
export function GlobalKeys({ workspaceId, openId, mayWrite, paletteOpen, onPalette, more }: GlobalKeysProps) {
  const navigate = useNavigate();
  const [writing, setWriting] = useState(false);
  const actions = useMemo<ShortcutActions>(() => {
    const listed = () => {
      const { channels, direct, support } = sectionsOf(client.state, workspaceId);
      return [...channels, ...direct, ...support];
    };
    const step = (by: number) => {
      const all = listed();
      const at = all.findIndex(({ id }) => id === openId);
      const next = all[at < 0 ? 0 : (at + by + all.length) % all.length];
      if (next) navigate(`/c/${next.id}`);
    };
    const unread = (reversed: boolean) => {
      const next = nextUnread(reversed ? listed().toReversed() : listed(), openId);
      if (next) navigate(`/c/${next.id}`);
    };
    return {
      palette: () => onPalette(true),
      search: () => navigate('/search'),
      keys: () => navigate('/keys'),
      pane: () => focusPane(1),
      paneBack: () => focusPane(-1),
      inbox: () => navigate('/inbox'),
      chat: () => step(0),
      newMessage: mayWrite ? () => setWriting(true) : undefined,
      nextUnread: () => unread(false),
      followingUnread: () => unread(false),
      previousUnread: () => unread(true),
      next: () => step(1),
      previous: () => step(-1),
      readAll: () => {
        for (const { id, lastMessage } of listed()) if (lastMessage) client.markRead(id, lastMessage.seq);
      },
      ...more,
    };
  }, [workspaceId, openId, mayWrite, navigate, onPalette, more]);
  useShortcuts(actions);
  return (
    <>
      <CommandPalette open={paletteOpen} onClose={() => onPalette(false)} actions={actions} />
      {workspaceId !== undefined && (
        <NewDirectDialog workspaceId={workspaceId} open={writing} onClose={() => setWriting(false)} />
      )}
    </>
  );
}
