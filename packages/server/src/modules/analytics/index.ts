import type { Module } from '../../platform/module/index.ts';
import { analyticsTables } from './lifecycle.ts';
import { analyticsListeners } from './listeners.ts';
import { completionParts } from './personal-data.ts';
import { preferenceOperations } from './preferences/operations.ts';
import { readingOperations } from './reading/operations.ts';

/** What people have done, by day, week and category. */
export function analyticsModule(): Module {
  return {
    name: 'analytics',
    operations: [...readingOperations(), ...preferenceOperations],
    on: analyticsListeners,
    tables: analyticsTables,
    personalData: completionParts,
  };
}
