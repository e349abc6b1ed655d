import type { DurableType } from '@atrium/protocol';
import type { Case } from '../../../../test/faults/snapshot-case.ts';

/** Streams have no commands. */
export const cases: Record<string, Case> = {};

export const eventsWithoutState: DurableType[] = ['stream:skipped'];
