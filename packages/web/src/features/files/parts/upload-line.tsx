import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../../i18n/formats.ts';
import { Button, IconButton } from '../../../ui/button/button.tsx';
import { CloseIcon } from '../../../ui/icons.ts';
import { filesProblem } from '../problem.ts';
import { FileLine } from './file-line.tsx';
import styles from './files.module.css';

export interface UploadLineProps {
  name: string;
  size: number;
  /** 0 to 1; undefined: it is not being sent. */
  progress?: number | undefined;
  error?: unknown;
  onCancel: () => void;
  onRetry?: (() => void) | undefined;
}

/** A file that is on its way, waits, or was refused. */
export function UploadLine({ name, size, progress, error, onCancel, onRetry }: UploadLineProps) {
  const { t } = useLingui();
  const { bytes, percent } = useFormats();
  const isRefused = error !== undefined;
  return (
    <FileLine
      name={<bdi>{name}</bdi>}
      about={
        isRefused ? (
          <span role="alert" className={styles.refused}>
            {filesProblem(error)}
          </span>
        ) : progress === undefined ? (
          bytes(size)
        ) : (
          <>
            <progress className={styles.progress} value={progress} max={1} aria-label={t`Upload of ${name}`} />
            {progress < 1 ? percent(progress) : <Trans>Checking…</Trans>}
          </>
        )
      }
    >
      {isRefused && onRetry && (
        <Button size={24} onClick={onRetry}>
          <Trans>Try again</Trans>
        </Button>
      )}
      <IconButton
        size={28}
        icon={CloseIcon}
        label={progress === undefined || isRefused ? t`Remove ${name}` : t`Cancel ${name}`}
        onClick={onCancel}
      />
    </FileLine>
  );
}
