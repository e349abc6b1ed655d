import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog } from '@base-ui/react/dialog';
import { useLingui } from '@lingui/react/macro';
import { useRef } from 'react';
import { IconButton } from '../button/button.tsx';
import { classes } from '../classes.ts';
import { CloseIcon } from '../icons.ts';
import styles from './dialog.module.css';
import type { DialogProps } from './dialog-props.ts';

const FIELD = 'input:not([type="hidden"]), select, textarea';

/** The popup of a dialog. */
export default function DialogPopup({ alert, ...props }: DialogProps) {
  return alert ? (
    <AlertDialog.Root open onOpenChange={(open) => !open && props.onClose()}>
      <Content {...props} alert />
    </AlertDialog.Root>
  ) : (
    <Dialog.Root open onOpenChange={(open) => !open && props.onClose()}>
      <Content {...props} />
    </Dialog.Root>
  );
}

function Content({
  title,
  hideTitle,
  description,
  size = 's',
  place = 'middle',
  alert,
  actions,
  children,
  onClose,
}: DialogProps) {
  const { t } = useLingui();
  const body = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Portal>
      <Dialog.Backdrop className={styles.scrim} />
      <Dialog.Viewport className={classes(styles.viewport, styles[place])}>
        <Dialog.Popup
          // What is to be filled in, not the button that closes it; by touch it would open the keyboard over the dialog.
          initialFocus={(by) => by === 'touch' || (body.current?.querySelector<HTMLElement>(FIELD) ?? true)}
          className={classes(styles.popup, styles[size])}
        >
          <div className={hideTitle ? styles.hidden : styles.head}>
            <Dialog.Title className={styles.title}>{title}</Dialog.Title>
            {!alert && !hideTitle && <IconButton icon={CloseIcon} label={t`Close`} onClick={onClose} />}
          </div>
          {description && <Dialog.Description className={styles.description}>{description}</Dialog.Description>}
          {children && (
            <div ref={body} className={classes(styles.body, hideTitle && styles.bare)}>
              {children}
            </div>
          )}
          {actions && <div className={styles.actions}>{actions}</div>}
        </Dialog.Popup>
      </Dialog.Viewport>
    </Dialog.Portal>
  );
}
