import type { LiveConversation } from '@atrium/client';
import type { WorkspaceCan } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useLive } from '../../../../live/use-live.ts';
import { IconButton } from '../../../../ui/button/button.tsx';
import { PlusIcon } from '../../../../ui/icons.ts';
import { useNavigate } from '../../../../ui/link/link-context.tsx';
import { MenuIconButton } from '../../../../ui/menu/menu.tsx';
import { menuOf } from '../../../../ui/menu/menu-entry.ts';
import { rove } from '../../../../ui/roving.ts';
import { usePresenceOf } from '../../../presence/index.ts';
import { othersIn, sectionsOf } from '../../model/conversations.ts';
import { openSupportCase } from '../../support-commands.ts';
import { BrowseDialog, NewChannelDialog, NewDirectDialog } from '../dialogs/late-dialogs.ts';
import { ConversationLink } from './conversation-link.tsx';
import styles from './sidebar.module.css';

export interface ConversationNavProps {
  workspaceId: string | undefined;
  /** The open conversation. */
  openId: string | undefined;
  /** What the user may do here; undefined until it is known. */
  can: WorkspaceCan | undefined;
}

/** The conversations of a workspace: channels, direct ones, and support cases. */
export function ConversationNav({ workspaceId, openId, can }: ConversationNavProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'channel' | 'direct' | 'browse'>();
  const conversations = useLive((state) => state.conversations);
  const { channels, direct, support } = useMemo(
    () => sectionsOf({ conversations }, workspaceId),
    [conversations, workspaceId],
  );
  const faces = useLive(
    (state) =>
      direct.filter(({ kind }) => kind === 'direct').flatMap((each) => othersIn(state, each).map(({ id }) => id)),
    (one, other) => one.join() === other.join(),
  );
  usePresenceOf(faces);
  const nav = useRef<HTMLElement>(null);
  const isListed = openId !== undefined && conversations[openId] !== undefined;
  useEffect(() => {
    if (isListed) nav.current?.querySelector(`[href$="${openId}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [openId, isListed]);
  if (workspaceId === undefined) return null;
  const mayCreate = can?.createConversations ?? false;
  const mayBrowse = can?.browseChannels ?? false;
  const close = () => setDialog(undefined);
  const ask = async () => {
    const id = await openSupportCase(workspaceId);
    if (id !== undefined) navigate(`/c/${id}`);
  };
  const links = (some: readonly LiveConversation[]) =>
    some.map((each) => <ConversationLink key={each.id} conversation={each} isOpen={each.id === openId} />);
  return (
    <nav ref={nav} aria-label={t`Conversations`} className={styles.nav} onKeyDown={rove}>
      {(channels.length > 0 || mayBrowse) && (
        <Section
          title={t`Channels`}
          action={
            mayBrowse && (
              <MenuIconButton
                size={24}
                icon={PlusIcon}
                label={t`Add channels`}
                entries={menuOf(
                  { label: t`All channels`, onSelect: () => setDialog('browse') },
                  mayCreate && { label: t`New channel`, onSelect: () => setDialog('channel') },
                )}
              />
            )
          }
        >
          {links(channels)}
          {channels.length === 0 && (
            <Hint onPress={() => setDialog(mayCreate ? 'channel' : 'browse')}>
              {mayCreate ? <Trans>Make the first channel</Trans> : <Trans>Find a channel to join</Trans>}
            </Hint>
          )}
        </Section>
      )}
      {(direct.length > 0 || mayCreate) && (
        <Section
          title={t`Direct`}
          action={
            mayCreate && (
              <IconButton
                size={24}
                icon={PlusIcon}
                label={t`New message`}
                keys="w"
                onClick={() => setDialog('direct')}
              />
            )
          }
        >
          {links(direct)}
          {direct.length === 0 && (
            <Hint onPress={() => setDialog('direct')}>
              <Trans>Write to somebody</Trans>
            </Hint>
          )}
        </Section>
      )}
      {(support.length > 0 || can?.requestSupport) && (
        <Section title={t`Support`}>
          {links(support)}
          {support.length === 0 && (
            <Hint onPress={() => void ask()}>
              <Trans>Ask a question</Trans>
            </Hint>
          )}
        </Section>
      )}
      <NewChannelDialog workspaceId={workspaceId} open={dialog === 'channel'} onClose={close} />
      <NewDirectDialog workspaceId={workspaceId} open={dialog === 'direct'} onClose={close} />
      <BrowseDialog
        workspaceId={workspaceId}
        open={dialog === 'browse'}
        onClose={close}
        onNew={mayCreate ? () => setDialog('channel') : undefined}
      />
    </nav>
  );
}

function Hint({ onPress, children }: { onPress: () => void; children: ReactNode }) {
  return (
    <li>
      <button type="button" className={styles.hint} onClick={onPress}>
        {children}
      </button>
    </li>
  );
}

function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.head}>
        <h2>{title}</h2>
        {action}
      </div>
      <ul>{children}</ul>
    </section>
  );
}
