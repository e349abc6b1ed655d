import { doctor, type InstanceCheck } from '@atrium/protocol';
import { direct, type Implementation } from '../../../platform/module/index.ts';

/** Runs the checks of the node that answers. */
export type RunDoctor = () => Promise<InstanceCheck[]>;

/** `doctor.run`: no transaction is open meanwhile, since checks wait for others. */
export function doctorOperation(run: RunDoctor): Implementation {
  return direct(doctor.run, async () => ({ checks: await run() }));
}
