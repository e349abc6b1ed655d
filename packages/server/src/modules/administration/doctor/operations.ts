import { doctor, type InstanceCheck } from '@atrium/protocol';
import { direct, type Implementation } from '../../../platform/module/index.ts';

/** Runs the checks on the node that handles the call. */
export type RunDoctor = () => Promise<InstanceCheck[]>;

/** `doctor.run`: runs outside a transaction, since checks wait for other services. */
export function doctorOperation(run: RunDoctor): Implementation {
  return direct(doctor.run, async () => ({ checks: await run() }));
}
