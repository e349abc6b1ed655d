import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '../../../ui/button/button.tsx';
import styles from './settings.module.css';

/** Recovery codes. Shown once. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <div className={styles.form}>
      <p>
        <Trans>Keep these where you find them without your phone. Each works once, and they are not shown again.</Trans>
      </p>
      <ul className={styles.codes} aria-label={t`Recovery codes`}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <Button onClick={() => void navigator.clipboard.writeText(codes.join('\n'))}>
          <Trans>Copy</Trans>
        </Button>
        <Button variant="primary" onClick={onClose}>
          <Trans>I have kept them</Trans>
        </Button>
      </div>
    </div>
  );
}
