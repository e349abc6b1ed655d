import type { Download } from '../http/downloads.ts';
import type { JobHandlers } from '../jobs/job.ts';
import type { Periodic } from '../jobs/periodic.ts';
import type { Audience } from '../stream/audience.ts';
import type { Renderers } from '../stream/event.ts';
import type { AccessLoaders } from './access.ts';
import type { Implementation } from './context.ts';
import type { PlainRoute } from './plain-routes.ts';

/** What a feature gives to the program. */
export interface Module {
  name: string;
  operations: readonly Implementation[];
  /** GETs through which browsers are sent elsewhere and back; they are no part of the contract. */
  detours?: readonly Implementation[];
  /** Files behind links that operations give away. */
  downloads?: readonly Download[];
  access?: AccessLoaders;
  /** Addresses that speak another language than that of the contract. */
  routes?: readonly PlainRoute[];
  /** The kinds of stream that the feature owns. */
  audiences?: readonly Audience[];
  /** For events that are stored as ids and shown as the current row. */
  renderers?: Renderers;
  jobs?: JobHandlers;
  /** Jobs that are done again and again. */
  periodic?: readonly Periodic[];
  /** Called when the program serves; what it returns is called when it stops. */
  start?(): () => void | Promise<void>;
}
