import type { AtriumError } from '@atrium/client';
import { Trans, useLingui } from '@lingui/react/macro';
import { problemText } from '../../../i18n/problems.ts';
import { useLive } from '../../../live/use-live.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Link } from '../../../ui/link/link.tsx';

/** A shop or a product that is not there, or not for this person: the server does not tell the two apart. */
export function ClosedShop({ error }: { error: AtriumError }) {
  const { t } = useLingui();
  const hasAccount = useLive(({ me }) => me !== null);
  if (error.code !== 'not_found') {
    return (
      <ErrorState title={t`The shop could not be loaded`} onRetry={() => location.reload()}>
        {problemText(error)}
      </ErrorState>
    );
  }
  return (
    <EmptyState
      isPage
      title={t`There is nothing here for you`}
      action={
        hasAccount ? (
          <Link to="/today">
            <Trans>Go to Today</Trans>
          </Link>
        ) : (
          <Link to={`/sign-in?returnTo=${encodeURIComponent(location.pathname)}`}>
            <Trans>Sign in</Trans>
          </Link>
        )
      }
    >
      <Trans>It may be gone, or it is only for members and customers.</Trans>
    </EmptyState>
  );
}
