import { z } from 'zod';
import { event } from '../core/event.ts';
import { id } from '../core/primitives.ts';
import { attachment } from './attachment.ts';

export const fileEvents = {
  'attachment:added': event({
    summary: 'A file was added to a task',
    on: ['task'],
    external: false,
    data: z.object({ taskId: id, attachment }),
  }),
  'attachment:deleted': event({
    summary: 'A file of a task was deleted',
    on: ['task'],
    external: false,
    data: z.object({ taskId: id, attachmentId: id }),
  }),
} as const;
