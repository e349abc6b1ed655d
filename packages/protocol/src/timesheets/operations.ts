import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { instant } from '../core/primitives.ts';
import { sheetBy, sheetQuery, timesheet } from './timesheet.ts';

/** Totals of time. */
export const timesheets = operationGroup('timesheets', {
  get: operation({
    summary: 'Get time totals by person, task, day or category',
    description:
      'Your own time, unless you give a task, or a workspace that you administer. Entries across midnight count for each of the days.',
    method: 'GET',
    path: '/timesheets',
    access: 'user',
    limit: 'user',
    input: sheetQuery.extend({ by: sheetBy.default('day') }),
    output: timesheet,
    errors: ['not_found', 'forbidden'],
  }),
  export: operation({
    summary: 'Create a timesheet file: CSV, XLSX or PDF',
    description:
      'Returns a link that expires after 10 minutes. The file has one line per entry and day; the PDF has a page per person.',
    method: 'POST',
    path: '/timesheets/export',
    access: 'user',
    limit: 'user',
    input: sheetQuery.extend({
      format: z.enum(['csv', 'xlsx', 'pdf']),
      bom: z
        .boolean()
        .default(false)
        .meta({ description: 'CSV only: start with a byte order mark, which some spreadsheet programs need' }),
    }),
    output: z.object({ url: z.string(), expiresAt: instant }),
    secret: true,
    sessionOnly: true,
    errors: ['not_found', 'forbidden'],
  }),
});
