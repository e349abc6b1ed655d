import { type LiveConversation, type LiveState, type LiveWorkspace, without } from './live-state.ts';

/** What an event changes; undefined: nothing. */
export type Change = Partial<LiveState> | undefined;

/** Changes one workspace, if it is there. */
export function changeWorkspace(
  { workspaces }: LiveState,
  id: string,
  change: (workspace: LiveWorkspace) => Partial<LiveWorkspace>,
): Change {
  const workspace = workspaces[id];
  return workspace && { workspaces: { ...workspaces, [id]: { ...workspace, ...change(workspace) } } };
}

/** Changes one conversation, if it is there. */
export function changeConversation(
  { conversations }: LiveState,
  id: string,
  change: (conversation: LiveConversation) => Partial<LiveConversation>,
): Change {
  const conversation = conversations[id];
  return conversation && { conversations: { ...conversations, [id]: { ...conversation, ...change(conversation) } } };
}

/** Drops a workspace with its conversations. */
export function dropWorkspace(state: LiveState, id: string): Change {
  const kept = Object.values(state.conversations).filter(({ workspaceId }) => workspaceId !== id);
  const keptIds = new Set(kept.map((conversation) => conversation.id));
  return {
    workspaces: without(state.workspaces, id),
    conversations: Object.fromEntries(kept.map((conversation) => [conversation.id, conversation])),
    messages: Object.fromEntries(
      Object.entries(state.messages).filter(([of]) => keptIds.has(of) || !(of in state.conversations)),
    ),
  };
}

/** Drops a conversation with what is loaded of it. */
export function dropConversation(state: LiveState, id: string): Change {
  return { conversations: without(state.conversations, id), messages: without(state.messages, id) };
}
