import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useLive } from '../../live/use-live.ts';

const LAST = 'atrium:workspace';

/**
 * The workspace that the screen is about: the one of the address or of the open conversation, else the one before, else
 * the first that is shared with others.
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

/** Makes another workspace the one to go on with. */
export function rememberWorkspace(workspaceId: string): void {
  localStorage.setItem(LAST, workspaceId);
}
