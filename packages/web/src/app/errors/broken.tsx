import { useLingui } from '@lingui/react/macro';
import { problemText } from '../../i18n/problems.ts';
import { ErrorState } from '../../ui/feedback/error-state.tsx';

/** Replaces a screen that failed. */
export function Broken({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useLingui();
  const { requestId } = (error as { problem?: { requestId?: string } }).problem ?? {};
  return (
    <ErrorState title={t`This did not work`} requestId={requestId} onRetry={onRetry}>
      {problemText(error)}
    </ErrorState>
  );
}
