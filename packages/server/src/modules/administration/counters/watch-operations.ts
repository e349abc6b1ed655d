import { counters } from '@atrium/protocol';
import { type RoomConnections, RoomEntry } from '../../../platform/live/index.ts';
import type { Log } from '../../../platform/log/index.ts';
import { direct, type Implementation } from '../../../platform/module/index.ts';
import { adminStream } from '../../identity/index.ts';
import { type CurrentDeps, currentCounters, MEASURE_MS } from './current.ts';

export interface WatchDeps extends CurrentDeps {
  connections: RoomConnections;
  log: Pick<Log, 'warn'>;
}

/** Sends the counters to the administrators who are watching on this node, while there are any. */
function sendToWatchers({ connections: { rooms }, log, ...deps }: WatchDeps): void {
  let timer: NodeJS.Timeout | undefined;
  let sentAt = '';

  async function send(): Promise<void> {
    const current = await currentCounters(deps);
    if (current.at === sentAt) return;
    sentAt = current.at;
    rooms.emit(adminStream, [adminStream], 'instance:counters', current);
  }

  rooms.listen('admin', {
    occupied() {
      timer = setInterval(() => {
        send().catch((error: unknown) => log.warn({ err: error }, 'could not measure the counters of the instance'));
      }, MEASURE_MS);
      timer.unref();
    },
    empty: () => clearInterval(timer),
  });
}

/** Operations for watching the counters. */
export function watchOperations(deps: WatchDeps): Implementation[] {
  const entry = new RoomEntry(deps.connections, 'administration:room');
  sendToWatchers(deps);
  return [
    direct(counters.watch, ({ actor, request }) => {
      entry.enter(actor, request.connectionId, adminStream);
      return currentCounters(deps);
    }),

    direct(counters.unwatch, ({ actor, request }) => {
      entry.leave(actor, request.connectionId, adminStream);
      return {};
    }),
  ];
}
