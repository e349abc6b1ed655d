import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from '../button/button.tsx';
import { Dialog } from './dialog.tsx';

export interface ConfirmProps {
  open: boolean;
  title: string;
  children: ReactNode;
  /** The verb of the action: never "OK". */
  action: string;
  busy?: boolean | undefined;
  error?: ReactNode;
  onConfirm: () => void;
  onClose: () => void;
}

/** Asks for confirmation before something is destroyed; the safe answer has the focus. */
export function Confirm({ open, title, children, action, busy, error, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog
      alert
      open={open}
      onClose={onClose}
      title={title}
      description={children}
      actions={
        <>
          <Button autoFocus onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="danger" busy={busy} onClick={onConfirm}>
            {action}
          </Button>
        </>
      }
    >
      {error}
    </Dialog>
  );
}
