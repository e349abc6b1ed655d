import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { problemText } from '../../../../i18n/problems.ts';
import { useOperation } from '../../../../live/use-operation.ts';
import { Button } from '../../../../ui/button/button.tsx';
import { Dialog } from '../../../../ui/dialog/dialog.tsx';
import { EmptyState } from '../../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../../ui/feedback/skeleton.tsx';
import { TextField } from '../../../../ui/field/text-field.tsx';
import { List, Row } from '../../../../ui/layout/pane.tsx';
import { Link } from '../../../../ui/link/link.tsx';
import { Chip } from '../../../../ui/text/chip.tsx';
import { rankOf } from '../../model/completion.ts';
import { ConversationTitle } from '../conversation-head.tsx';

/** All public channels of a workspace, to read and join. */
export function BrowseDialog({
  workspaceId,
  open,
  onClose,
  onNew,
}: {
  workspaceId: string;
  open: boolean;
  onClose: () => void;
  onNew: (() => void) | undefined;
}) {
  const { t } = useLingui();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      size="m"
      title={t`All channels`}
      actions={
        onNew && (
          <Button
            onClick={() => {
              onClose();
              onNew();
            }}
          >
            <Trans>New channel</Trans>
          </Button>
        )
      }
    >
      <Directory workspaceId={workspaceId} onClose={onClose} />
    </Dialog>
  );
}

function Directory({ workspaceId, onClose }: { workspaceId: string; onClose: () => void }) {
  const { t } = useLingui();
  const [query, setQuery] = useState('');
  const { data, error, refetch } = useOperation('conversations.list', { workspaceId, scope: 'directory', limit: 200 });
  const found = data?.items.filter(
    ({ name, topic }) => rankOf(query.trim().toLocaleLowerCase(), name, topic) !== undefined,
  );
  return (
    <>
      <TextField
        label={t`Find a channel`}
        hideLabel
        type="search"
        autoFocus
        placeholder={t`Find a channel`}
        value={query}
        onChange={({ target }) => setQuery(target.value)}
      />
      {error ? (
        <ErrorState title={t`The channels could not be loaded`} onRetry={() => void refetch()}>
          {problemText(error)}
        </ErrorState>
      ) : !found ? (
        <Skeleton rows={5} />
      ) : found.length === 0 ? (
        <EmptyState title={t`No such channel`}>
          <Trans>Nothing of that name is open to everyone here.</Trans>
        </EmptyState>
      ) : (
        <List label={t`Channels`}>
          {found.map((conversation) => (
            <Row
              key={conversation.id}
              sub={conversation.topic && <bdi>{conversation.topic}</bdi>}
              end={conversation.joined && <Chip tone="leaf">{t`Joined`}</Chip>}
            >
              <Link to={`/c/${conversation.id}`} onClick={onClose}>
                <ConversationTitle conversation={conversation} title={conversation.name ?? ''} />
              </Link>
            </Row>
          ))}
        </List>
      )}
    </>
  );
}
