import { PopoverPopup } from '../popups.ts';
import type { PopoverProps } from './popover-props.ts';

/** A small panel beside an element. */
export function Popover(props: PopoverProps) {
  return props.open && props.anchor && <PopoverPopup {...props} anchor={props.anchor} />;
}
