import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from '../button/button.tsx';
import { RetryIcon } from '../icons.ts';
import styles from './feedback.module.css';

/** A failure, a button to try again, and the request id for the server's log. */
export function ErrorState({
  title,
  children,
  requestId,
  onRetry,
}: {
  title: string;
  children?: ReactNode;
  requestId?: string | undefined;
  onRetry?: () => void;
}) {
  return (
    <div className={styles.state} role="alert">
      <p className={styles.title}>{title}</p>
      {children && <p className={styles.body}>{children}</p>}
      {onRetry && (
        <div className={styles.action}>
          <Button icon={RetryIcon} onClick={onRetry}>
            <Trans>Try again</Trans>
          </Button>
        </div>
      )}
      {requestId && <code className={styles.request}>{requestId}</code>}
    </div>
  );
}
