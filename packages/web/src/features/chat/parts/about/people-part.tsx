import type { LiveConversation } from '@atrium/client';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../../i18n/problems.ts';
import { client } from '../../../../live/client.ts';
import { useLive } from '../../../../live/use-live.ts';
import { Avatar } from '../../../../ui/avatar/avatar.tsx';
import { Button, IconButton } from '../../../../ui/button/button.tsx';
import { Confirm } from '../../../../ui/dialog/confirm.tsx';
import { AddPersonIcon, RemovePersonIcon } from '../../../../ui/icons.ts';
import { List, Row } from '../../../../ui/layout/pane.tsx';
import { Chip } from '../../../../ui/text/chip.tsx';
import { showToast } from '../../../../ui/toast/toasts.ts';
import { usePresence, usePresenceOf } from '../../../presence/index.ts';
import { usePeopleOf } from '../../hooks.ts';
import type { KnownPerson } from '../../model/conversations.ts';
import { AddPeopleDialog } from '../dialogs/add-people-dialog.tsx';

/** The members of a conversation. */
export function PeoplePart({ conversation }: { conversation: LiveConversation }) {
  const { t } = useLingui();
  const ids = Object.keys(conversation.members);
  const people = usePeopleOf(conversation.workspaceId, ids).toSorted((one, other) =>
    one.name.localeCompare(other.name),
  );
  usePresenceOf(ids);
  const { can } = conversation;
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<KnownPerson>();
  const remove = async () => {
    if (!removing) return;
    setRemoving(undefined);
    try {
      await client.call('conversations.removeMember', { conversationId: conversation.id, userId: removing.id });
    } catch (error) {
      showToast({ kind: 'problem', title: t`${removing.name} was not removed`, body: problemText(error) });
    }
  };
  return (
    <>
      {can.addMembers && (
        <Button icon={AddPersonIcon} onClick={() => setAdding(true)}>
          <Trans>Add people</Trans>
        </Button>
      )}
      <List label={t`People`}>
        {people.map((person) => (
          <Member
            key={person.id}
            person={person}
            isManager={conversation.members[person.id]?.role === 'manager'}
            onRemove={can.removeMembers ? () => setRemoving(person) : undefined}
          />
        ))}
      </List>
      <AddPeopleDialog conversation={conversation} open={adding} onClose={() => setAdding(false)} />
      <Confirm
        open={removing !== undefined}
        title={t`Remove ${removing?.name ?? ''}?`}
        action={t`Remove`}
        onConfirm={() => void remove()}
        onClose={() => setRemoving(undefined)}
      >
        <Trans>They no longer see this conversation. What they wrote stays.</Trans>
      </Confirm>
    </>
  );
}

function Member({
  person,
  isManager,
  onRemove,
}: {
  person: KnownPerson;
  isManager: boolean;
  onRemove: (() => void) | undefined;
}) {
  const { t } = useLingui();
  const isMe = useLive(({ me }) => me?.id === person.id);
  const status = usePresence(person.id);
  const words = { online: t`online`, away: t`away`, dnd: t`do not disturb`, offline: '' };
  return (
    <Row
      start={<Avatar {...person} size="m" kind={person.isBot ? 'bot' : 'person'} status={status} />}
      sub={[person.username && `@${person.username}`, status && words[status]].filter(Boolean).join(' · ')}
      end={
        <>
          {isManager && <Chip>{t`Manager`}</Chip>}
          {onRemove && !isMe && (
            <IconButton size={28} icon={RemovePersonIcon} label={t`Remove ${person.name}`} onClick={onRemove} />
          )}
        </>
      }
    >
      <bdi>{person.name}</bdi>
      {isMe && (
        <span>
          {' '}
          <Trans>(you)</Trans>
        </span>
      )}
    </Row>
  );
}
