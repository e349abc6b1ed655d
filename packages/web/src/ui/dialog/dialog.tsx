import { DialogPopup } from '../popups.ts';
import type { DialogProps } from './dialog-props.ts';

/** A dialog over the page; on a narrow screen a sheet at the bottom. Returns the focus when it closes. */
export function Dialog(props: DialogProps) {
  return props.open && <DialogPopup {...props} />;
}
