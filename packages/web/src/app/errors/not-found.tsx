import { Trans, useLingui } from '@lingui/react/macro';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Link } from '../../ui/link/link.tsx';

/** An address that leads nowhere, or to something that is not for this person. */
export function NotFound() {
  const { t } = useLingui();
  return (
    <EmptyState
      title={t`There is nothing here`}
      action={
        <Link to="/today">
          <Trans>Go to Today</Trans>
        </Link>
      }
    >
      <Trans>It may be gone, or it is not for you to see.</Trans>
    </EmptyState>
  );
}
