import type { WorkspaceAttachment } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useParams, useSearch } from '@tanstack/react-router';
import { itemAddress } from '../../features/catalog/index.ts';
import { addressOf, useConversation, usePerson, useTitle } from '../../features/chat/index.ts';
import { readFileQuery, WorkspaceFilesScreen } from '../../features/files/index.ts';
import { Link } from '../../ui/link/link.tsx';

/** The files of a workspace. */
export function FilesPage() {
  const { workspaceId = '' } = useParams({ strict: false }) as { workspaceId?: string };
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  return (
    <WorkspaceFilesScreen
      workspaceId={workspaceId}
      query={readFileQuery(search)}
      nameOf={(userId) => <Name workspaceId={workspaceId} userId={userId} />}
      whereOf={(file) => <Where workspaceId={workspaceId} file={file} />}
    />
  );
}

function Name({ workspaceId, userId }: { workspaceId: string; userId: string }) {
  const { t } = useLingui();
  return usePerson(workspaceId, userId)?.name ?? t`Somebody who left`;
}

/** The conversation, the task or the product of a file, as a link to it. */
function Where({ workspaceId, file }: { workspaceId: string; file: WorkspaceAttachment }) {
  const { conversationId, messageSeq, parentName, productId, taskId, threadId } = file;
  if (conversationId !== null && messageSeq !== null) {
    const to = addressOf({ conversationId, seq: messageSeq, ...(threadId !== null && { threadId }) });
    return <OfConversation id={conversationId} name={parentName} to={to} />;
  }
  const to = taskId === null ? itemAddress(workspaceId, productId ?? '') : `/tasks/${taskId}`;
  return (
    <Link to={to}>
      <bdi>{parentName}</bdi>
    </Link>
  );
}

function OfConversation({ id, name, to }: { id: string; name: string | null; to: string }) {
  const { t } = useLingui();
  const conversation = useConversation(id);
  const title = useTitle(conversation) || name || t`Conversation`;
  return (
    <Link to={to}>
      <bdi>{conversation?.kind === 'channel' ? `# ${title}` : title}</bdi>
    </Link>
  );
}
