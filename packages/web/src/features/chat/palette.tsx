import type { Message } from '@atrium/client';
import { useLingui } from '@lingui/react/macro';
import { client } from '../../live/client.ts';
import { useLive } from '../../live/use-live.ts';
import { plainText } from '../../text/plain-text.ts';
import { Avatar } from '../../ui/avatar/avatar.tsx';
import { Icon } from '../../ui/icon/icon.tsx';
import { ChannelIcon, MessageIcon, PeopleIcon, PrivateIcon, SupportIcon } from '../../ui/icons.ts';
import { useNavigate } from '../../ui/link/link-context.tsx';
import type { PaletteEntry } from '../../ui/palette/palette-entry.ts';
import { addressOf } from './message-commands.ts';
import { isUnread, lastAt, othersIn, titleOf } from './model/conversations.ts';

const ICONS = { group: PeopleIcon, support: SupportIcon };
const sameEntries = (one: readonly { id: string; label: string }[], other: readonly { id: string; label: string }[]) =>
  one.length === other.length && one.every(({ id, label }, at) => id === other[at]?.id && label === other[at]?.label);

/** My conversations as items: unread ones first, then the latest active. */
export function useConversationEntries(): PaletteEntry[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  const nobody = t`Only you`;
  return useLive((state) => {
    const all = Object.values(state.conversations).filter(({ archivedAt }) => archivedAt === null);
    const sorted = all.sort(
      (one, other) => Number(isUnread(other)) - Number(isUnread(one)) || lastAt(other).localeCompare(lastAt(one)),
    );
    return sorted.map((conversation) => {
      const { id, kind, topic, visibility, workspaceId } = conversation;
      const [other] = othersIn(state, conversation);
      const icon =
        kind === 'channel'
          ? visibility === 'private'
            ? PrivateIcon
            : ChannelIcon
          : kind === 'direct'
            ? PeopleIcon
            : ICONS[kind];
      return {
        id,
        label: titleOf(state, conversation, nobody),
        hint: topic || state.workspaces[workspaceId]?.name,
        start:
          kind === 'direct' && other ? (
            <Avatar {...other} size="s" kind={other.isBot ? 'bot' : 'person'} />
          ) : (
            <Icon of={icon} small />
          ),
        run: () => navigate(`/c/${id}`),
      };
    });
  }, sameEntries);
}

/** Everyone I share a workspace with, as recipients. */
export function usePersonEntries(): PaletteEntry[] {
  const navigate = useNavigate();
  return useLive((state) => {
    const people = Object.values(state.workspaces).flatMap(({ id, members }) =>
      Object.values(members).map(({ user }) => ({ workspaceId: id, user })),
    );
    const others = new Map(people.filter(({ user }) => user.id !== state.me?.id).map((each) => [each.user.id, each]));
    return [...others.values()].map(({ workspaceId, user: { id, name, username, avatar, isBot } }) => ({
      id,
      label: name,
      hint: username ? `@${username}` : undefined,
      start: <Avatar id={id} name={name} picture={avatar} size="s" kind={isBot ? 'bot' : 'person'} />,
      run: () =>
        void writeTo(workspaceId, id).then(
          (conversationId) => navigate(`/c/${conversationId}`),
          () => undefined,
        ),
    }));
  }, sameEntries);
}

/** The direct conversation with a person, which is created if there is none. */
async function writeTo(workspaceId: string, userId: string): Promise<string> {
  const { id } = await client.call('conversations.create', { workspaceId, kind: 'direct', memberIds: [userId] });
  return id;
}

/** A message as an item. */
export function messageEntry(message: Message, navigate: (to: string) => void, place: string): PaletteEntry {
  return {
    id: message.id,
    label: plainText(message.content).slice(0, 120),
    hint: place,
    start: <Icon of={MessageIcon} small />,
    run: () => navigate(addressOf(message)),
  };
}
