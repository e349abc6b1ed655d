import type { LiveConversation } from '@atrium/client';
import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useLive } from '../../../live/use-live.ts';
import { AvatarStack } from '../../../ui/avatar/avatar-stack.tsx';
import { IconButton } from '../../../ui/button/button.tsx';
import { Icon } from '../../../ui/icon/icon.tsx';
import { ChannelIcon, InfoIcon, PinIcon, PrivateIcon, SearchIcon, SupportIcon } from '../../../ui/icons.ts';
import { PaneHead } from '../../../ui/layout/pane.tsx';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { ConversationBell } from '../../notifications/index.ts';
import { useOthers, useTitle } from '../hooks.ts';
import styles from './chat.module.css';

/** The header of a conversation: its name, topic and members. */
export function ConversationHead({ conversation, aboutOpen }: { conversation: LiveConversation; aboutOpen: boolean }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const title = useTitle(conversation);
  const others = useOthers(conversation);
  const myId = useLive(({ me }) => me?.id);
  const count = Object.keys(conversation.members).length;
  const { id, kind, pins, topic } = conversation;
  const members = plural(count, { one: '# member', other: '# members' });
  const about = (part?: string) => navigate(aboutOpen ? `/c/${id}` : `/c/${id}/about${part ? `?part=${part}` : ''}`);
  return (
    <PaneHead
      title={<ConversationTitle conversation={conversation} title={title} />}
      sub={topic && <bdi>{topic}</bdi>}
      back={{ label: t`Back to the conversations`, onPress: () => navigate('/c') }}
      actions={
        <>
          {kind !== 'direct' && (
            <button
              type="button"
              className={styles.who}
              aria-label={members}
              data-tip={members}
              onClick={() => about('people')}
            >
              <AvatarStack people={others.slice(0, 3)} />
              {count}
            </button>
          )}
          {pins.length > 0 && <IconButton icon={PinIcon} label={t`Pinned messages`} onClick={() => about('pins')} />}
          <IconButton icon={SearchIcon} label={t`Search here`} onClick={() => navigate(`/search?in=${id}`)} />
          {myId !== undefined && myId in conversation.members && <ConversationBell conversation={conversation} />}
          <IconButton icon={InfoIcon} label={t`About this conversation`} pressed={aboutOpen} onClick={() => about()} />
        </>
      }
    />
  );
}

const ICONS = { channel: ChannelIcon, support: SupportIcon, direct: undefined, group: undefined };

/** A conversation's name with the icon of its kind. */
export function ConversationTitle({
  conversation: { kind, visibility },
  title,
}: {
  conversation: Pick<LiveConversation, 'kind' | 'visibility'>;
  title: string;
}) {
  const icon = kind === 'channel' && visibility === 'private' ? PrivateIcon : ICONS[kind];
  return (
    <span className={styles.title}>
      {icon && <Icon of={icon} small />}
      <bdi>{title}</bdi>
    </span>
  );
}
