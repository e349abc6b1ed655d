import { z } from 'zod';
import { event } from '../core/event.ts';
import { id } from '../core/primitives.ts';

export const catalogEvents = {
  'product:created': event({
    summary: 'A product was added to the shop',
    on: ['workspace'],
    external: true,
    data: z.object({ workspaceId: id, productId: id, name: z.string(), price: z.int(), stock: z.int() }),
  }),
  'product:updated': event({
    summary: 'A product or its stock changed',
    on: ['workspace'],
    external: true,
    data: z.object({ productId: id, name: z.string(), price: z.int(), stock: z.int() }),
  }),
  'product:deleted': event({
    summary: 'A product was deleted',
    on: ['workspace'],
    external: true,
    data: z.object({ workspaceId: id, productId: id }),
  }),
  'shop:updated': event({
    summary: 'The shop became public or private, or its introduction changed',
    on: ['workspace'],
    external: true,
    data: z.object({ workspaceId: id, public: z.boolean() }),
  }),
} as const;
