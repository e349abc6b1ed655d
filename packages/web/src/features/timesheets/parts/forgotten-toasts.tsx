import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { useLive } from '../../../live/use-live.ts';
import { useNavigate } from '../../../ui/link/link-context.tsx';
import { showToast } from '../../../ui/toast/toasts.ts';
import { useForgotten } from '../forgotten.ts';
import { timeAddress } from '../model.ts';

/** Shows one toast for each forgotten timer, wherever I am; it stays until it is answered or closed. */
export function ForgottenToasts() {
  const { t } = useLingui();
  const { recent } = useFormats();
  const navigate = useNavigate();
  const forgotten = useForgotten();
  const tasks = useLive((state) => state.tasks);
  const told = useRef(new Set<string>());
  useEffect(() => {
    for (const { entryId, askedAt, startedAt, taskId } of forgotten) {
      const task = tasks[taskId];
      const key = `${entryId} ${askedAt}`;
      if (!task || told.current.has(key)) continue;
      told.current.add(key);
      const since = recent(startedAt);
      showToast({
        kind: 'info',
        title: t`Is your timer still right?`,
        body: t`“${task.title}” has run since ${since}.`,
        timeout: 0,
        action: { label: t`Answer`, onPress: () => navigate(timeAddress(task.workspaceId, {})) },
      });
    }
  }, [forgotten, tasks, navigate, recent, t]);
  return null;
}
