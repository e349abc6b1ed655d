import type { JobHandlers, JobName, JobRun } from './job.ts';

/** A part of the program that does jobs; every module is one. */
export interface JobOwner {
  name: string;
  jobs?: JobHandlers | undefined;
}

/** A handler whose payload type is no longer known; it comes from the queue under the handler's own name. */
export type AnyJobHandler = (data: never, run: JobRun) => Promise<void>;

/**
 * Collects the handlers of all owners.
 * Throws an Error that names every declared job without a handler, with several, and every handler of an undeclared job.
 */
export function collectHandlers(
  owners: readonly JobOwner[],
  declared: Readonly<Record<JobName, true>>,
): ReadonlyMap<string, AnyJobHandler> {
  const handlers = new Map<string, AnyJobHandler>();
  const ownersOf = new Map<string, string[]>(Object.keys(declared).map((name) => [name, []]));
  const faults: string[] = [];
  for (const owner of owners) {
    for (const [name, handler] of Object.entries<AnyJobHandler | undefined>(owner.jobs ?? {})) {
      if (handler === undefined) continue;
      handlers.set(name, handler);
      const others = ownersOf.get(name);
      if (others === undefined) faults.push(`${name} is handled by ${owner.name} but not declared`);
      else others.push(owner.name);
    }
  }
  for (const [name, names] of ownersOf) {
    if (names.length === 0) faults.push(`${name} has no handler`);
    if (names.length > 1) faults.push(`${name} has ${names.length} handlers (${names.join(', ')})`);
  }
  if (faults.length > 0) throw new Error(`The jobs do not fit together: ${faults.join('; ')}.`);
  return handlers;
}
