import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { instant } from '../core/primitives.ts';
import { sheetBy, sheetQuery, timesheet } from './timesheet.ts';

/** Time, added up. */
export const timesheets = operationGroup('timesheets', {
  get: operation({
    summary: 'Add up time by person, task, day or category',
    description:
      'My own time, unless a task is named, or a workspace that I run. Entries across midnight count for each day.',
    method: 'GET',
    path: '/timesheets',
    access: 'user',
    limit: 'user',
    input: sheetQuery.extend({ by: sheetBy.default('day') }),
    output: timesheet,
    errors: ['not_found', 'forbidden'],
  }),
  export: operation({
    summary: 'Make a timesheet file: CSV, XLSX or PDF',
    description:
      'Answers with a link that works for 10 minutes. One line for each entry and day; the PDF has a page for each person.',
    method: 'POST',
    path: '/timesheets/export',
    access: 'user',
    limit: 'user',
    input: sheetQuery.extend({
      format: z.enum(['csv', 'xlsx', 'pdf']),
      bom: z
        .boolean()
        .default(false)
        .meta({ description: 'CSV: begin with a byte order mark, which some spreadsheets need' }),
    }),
    output: z.object({ url: z.string(), expiresAt: instant }),
    secret: true,
    sessionOnly: true,
    errors: ['not_found', 'forbidden'],
  }),
});
