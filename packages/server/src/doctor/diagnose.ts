import type { CheckResult } from '../platform/doctor/index.ts';
import type { DoctorDeps } from './checks.ts';

/** Runs all checks at once. They are loaded only when somebody asks: a server needs none of them to serve. */
export async function diagnose(deps: DoctorDeps): Promise<CheckResult[]> {
  const [{ doctorChecks }, { runChecksAtOnce }] = await Promise.all([
    import('./checks.ts'),
    import('../platform/doctor/index.ts'),
  ]);
  return runChecksAtOnce(doctorChecks(deps));
}
