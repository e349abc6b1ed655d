import { useParams } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { shopAddress } from '../features/catalog/index.ts';
import { ConversationNav } from '../features/chat/index.ts';
import { deskAddress } from '../features/orders/index.ts';
import { ReminderDialogLayer } from '../features/reminders/index.ts';
import { focusQuickAdd } from '../features/tasks/index.ts';
import { TimerStrip } from '../features/timers/index.ts';
import { ForgottenToasts } from '../features/timesheets/index.ts';
import { useWorkspaceCan } from '../features/workspaces/index.ts';
import { followAccount } from '../i18n/setup.ts';
import { closeReadMessages, onPressedMessage } from '../live/pushed-messages.ts';
import { useLive } from '../live/use-live.ts';
import { type Navigate, useNavigate } from '../ui/link/link-context.tsx';
import { useCurrentWorkspaceId } from './shell/current-workspace.ts';
import { NewVersion } from './shell/new-version.tsx';
import { Shell } from './shell/shell.tsx';
import { GlobalKeys } from './shortcuts/global-keys.tsx';

const keysOfWorkspace = (workspaceId: string, navigate: Navigate) => ({
  newTask: () => focusQuickAdd() || navigate(`/w/${workspaceId}/tasks`),
  tasks: () => navigate(`/w/${workspaceId}/tasks`),
  time: () => navigate(`/w/${workspaceId}/time`),
  files: () => navigate(`/w/${workspaceId}/files`),
  shop: () => navigate(shopAddress(workspaceId)),
  desk: () => navigate(deskAddress(workspaceId)),
});
/** There are no tasks, files or products without a workspace. */
const WITHOUT_WORKSPACE = {
  newTask: undefined,
  tasks: undefined,
  time: undefined,
  files: undefined,
  shop: undefined,
  desk: undefined,
};

/** The frame with the parts of features. */
export function Frame() {
  const navigate = useNavigate();
  const { conversationId } = useParams({ strict: false }) as { conversationId?: string };
  const workspaceId = useCurrentWorkspaceId();
  const can = useWorkspaceCan(workspaceId);
  const [paletteOpen, setPaletteOpen] = useState(false);
  const [sidebarOpen, setSidebarOpen] = useState(false);
  const locale = useLive(({ me }) => me?.locale);
  useEffect(() => {
    if (locale !== undefined) void followAccount(locale);
  }, [locale]);
  useEffect(closeReadMessages, []);
  useEffect(() => onPressedMessage(navigate), [navigate]);
  const more = useMemo(
    () => ({
      today: () => navigate('/today'),
      notifications: () => navigate('/inbox/notifications'),
      you: () => navigate('/you'),
      ...(workspaceId === undefined ? WITHOUT_WORKSPACE : keysOfWorkspace(workspaceId, navigate)),
      sidebar: () => setSidebarOpen((isOpen) => !isOpen),
    }),
    [navigate, workspaceId],
  );
  return (
    <>
      <Shell
        workspaceId={workspaceId}
        isSidebarOpen={sidebarOpen}
        onSidebar={setSidebarOpen}
        conversations={<ConversationNav workspaceId={workspaceId} openId={conversationId} can={can} />}
        foot={<TimerStrip />}
        onSearch={() => setPaletteOpen(true)}
      />
      <ForgottenToasts />
      <ReminderDialogLayer />
      <NewVersion />
      <GlobalKeys
        workspaceId={workspaceId}
        openId={conversationId}
        mayWrite={can?.createConversations ?? false}
        paletteOpen={paletteOpen}
        onPalette={setPaletteOpen}
        more={more}
      />
    </>
  );
}
