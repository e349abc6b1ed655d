import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '../../../ui/link/link.tsx';
import { AuthPage } from './auth-page.tsx';

/** Shown for an incomplete mailed link. */
export function IncompleteLink() {
  const { t } = useLingui();
  return (
    <AuthPage
      title={t`Something is missing`}
      intro={t`Open the link of the mail as a whole: what stands behind the # belongs to it.`}
    >
      <Link to="/forgot-password">
        <Trans>Ask for a new link</Trans>
      </Link>
    </AuthPage>
  );
}
