import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useLive } from '../../live/use-live.ts';

const LAST = 'atrium:workspace';

/**
 * The workspace of the screen: that of the URL or of the open conversation, or else the previous one, or else the first
 * shared one.
 */
export function useCurrentWorkspaceId(): string | undefined {
  const params: { workspaceId?: string; conversationId?: string } = useParams({ strict: false });
  const current = useLive(({ conversations, workspaces }) => {
    const named = params.workspaceId ?? conversations[params.conversationId ?? '']?.workspaceId;
    const last = localStorage.getItem(LAST) ?? '';
    const found = [named ?? '', last].find((id) => id in workspaces);
    const all = Object.values(workspaces);
    return found ?? (all.find(({ personal }) => !personal) ?? all[0])?.id;
  });
  useEffect(() => {
    if (current) localStorage.setItem(LAST, current);
  }, [current]);
  return current;
}

/** Makes another workspace the current one. */
export function rememberWorkspace(workspaceId: string): void {
  localStorage.setItem(LAST, workspaceId);
}
