import { notifications } from '@atrium/protocol';
import { direct, type Implementation } from '../../../platform/module/index.ts';
import type { Viewing } from './viewing.ts';

/** Ids are not checked: they are only compared with the person's own notifications. */
export function viewingOperation(viewing: Viewing): Implementation {
  return direct(notifications.view, ({ actor, input, request }) => {
    viewing.set(actor, request.connectionId, input.ids);
    return {};
  });
}
