import { DialogPopup } from '../popups.ts';
import type { DialogProps } from './dialog-props.ts';

/** A dialog over the page; on a narrow screen a sheet at its foot. Returns the focus to where it was. */
export function Dialog(props: DialogProps) {
  return props.open && <DialogPopup {...props} />;
}
