import { operation, operationGroup, returnPath } from '@atrium/protocol';
import { z } from 'zod';
import { type Implementation, read } from '../../../platform/module/index.ts';

const browserSessions = operationGroup('browserSessions', {
  continue: operation({
    summary: 'Renew the session of a browser and return',
    method: 'GET',
    path: '/auth/continue',
    access: 'user',
    limit: 'user',
    unverified: true,
    input: z.strictObject({ to: returnPath }),
    output: z.object({ location: z.string() }),
  }),
});

/**
 * Redirects a browser back to a page outside of the API, to which the refresh cookie is not sent. Authenticating this
 * request has renewed the cookies.
 */
export const continueRedirect: Implementation = read(browserSessions.continue, ({ input }) => ({ location: input.to }));
