import type { HandledJob } from './job.ts';

/** A part of the server with job handlers, such as a module. */
export interface JobOwner {
  name: string;
  jobs?: readonly HandledJob[] | undefined;
}

/** Collects the jobs of all owners by name. Throws an Error that lists every job with several handlers. */
export function collectHandlers(owners: readonly JobOwner[]): ReadonlyMap<string, HandledJob> {
  const all = owners.flatMap((owner) => (owner.jobs ?? []).map((job) => ({ job, owner: owner.name })));
  const faults = [...Map.groupBy(all, ({ job }) => job.name)]
    .filter(([, same]) => same.length > 1)
    .map(([name, same]) => `${name} has ${same.length} handlers (${same.map(({ owner }) => owner).join(', ')})`);
  if (faults.length > 0) throw new Error(`Invalid jobs: ${faults.join('; ')}.`);
  return new Map(all.map(({ job }) => [job.name, job]));
}
