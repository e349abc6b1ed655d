import type { LiveConversation } from '@atrium/client';
import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useMemo } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { client } from '../../../live/client.ts';
import { useLive } from '../../../live/use-live.ts';
import { Button } from '../../../ui/button/button.tsx';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { List, Page, Row } from '../../../ui/layout/pane.tsx';
import { Link } from '../../../ui/link/link.tsx';
import { Count } from '../../../ui/text/count.tsx';
import { useTitle } from '../hooks.ts';
import { isUnread, lastAt } from '../model/conversations.ts';
import { summaryOf } from '../model/summary.ts';

/** `/inbox`: unread messages by conversation; those that mention me first. @param tabs links to its other half */
export function InboxScreen({ tabs }: { tabs: ReactNode }) {
  const { t } = useLingui();
  const conversations = useLive((state) => state.conversations);
  const unread = useMemo(
    () =>
      Object.values(conversations)
        .filter((each) => each.archivedAt === null && isUnread(each))
        .sort(
          (one, other) =>
            Number(other.mentions.length > 0) - Number(one.mentions.length > 0) ||
            lastAt(other).localeCompare(lastAt(one)),
        ),
    [conversations],
  );
  const readAll = () => {
    for (const { id, lastMessage } of unread) if (lastMessage) client.markRead(id, lastMessage.seq);
  };
  return (
    <Page
      title={t`Inbox`}
      actions={
        unread.length > 0 && (
          <Button onClick={readAll}>
            <Trans>Mark all as read</Trans>
          </Button>
        )
      }
    >
      {tabs}
      {unread.length === 0 ? (
        <EmptyState title={t`All read`}>
          <Trans>What is new for you comes here, with mentions first.</Trans>
        </EmptyState>
      ) : (
        <List label={t`Unread`}>
          {unread.map((conversation) => (
            <Unread key={conversation.id} conversation={conversation} />
          ))}
        </List>
      )}
    </Page>
  );
}

function Unread({ conversation }: { conversation: LiveConversation }) {
  const { t } = useLingui();
  const { recent } = useFormats();
  const title = useTitle(conversation);
  const { id, kind, lastMessage, mentions, unread } = conversation;
  const mentioned = mentions.length;
  return (
    <Row
      sub={lastMessage && <bdi>{summaryOf(lastMessage).slice(0, 120)}</bdi>}
      end={
        <>
          {mentioned > 0 ? (
            <Count of={mentioned} label={plural(mentioned, { one: '# mention', other: '# mentions' })} />
          ) : (
            unread > 0 && <Count isQuiet of={unread} label={t`${unread} unread`} />
          )}
          {recent(lastAt(conversation))}
        </>
      }
    >
      <Link to={`/c/${id}`}>
        <bdi>{kind === 'channel' ? `# ${title}` : title}</bdi>
      </Link>
    </Row>
  );
}
