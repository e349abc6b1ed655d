import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { problemText } from '../../i18n/problems.ts';
import { client } from '../../live/client.ts';
import { showToast } from '../../ui/toast/toasts.ts';

/** A status that I can give myself. */
export interface StatusEntry {
  id: 'online' | 'away' | 'dnd';
  label: string;
  set: () => void;
}

/** What I can say about whether I am here. */
export function useStatusEntries(): StatusEntry[] {
  const { t } = useLingui();
  return useMemo(() => {
    const set = async (status: StatusEntry['id']) => {
      try {
        await client.call('presence.set', { status });
      } catch (error) {
        showToast({ kind: 'problem', title: t`Your status was not changed`, body: problemText(error) });
      }
    };
    const entry = (id: StatusEntry['id'], label: string): StatusEntry => ({ id, label, set: () => void set(id) });
    return [
      entry('online', t`Say that I am available`),
      entry('away', t`Say that I am away`),
      entry('dnd', t`Do not disturb me`),
    ];
  }, [t]);
}
