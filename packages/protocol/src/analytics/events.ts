import { z } from 'zod';
import { event } from '../core/event.ts';
import { analyticsPreferences } from './preferences.ts';

export const analyticsEvents = {
  'analytics:preferences': event({
    summary: 'You changed your goals, days off or pauses',
    on: ['user'],
    data: z.object({ preferences: analyticsPreferences }),
  }),
} as const;
