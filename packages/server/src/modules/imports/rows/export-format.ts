import { orderStatus, products, sizes, stockReason, supportCase } from '@atrium/protocol';
import { z } from 'zod';

/** The parts of the export of a workspace, in the order in which they are read. */
export const PARTS = ['people', 'conversations', 'tasks', 'shop', 'endpoints'] as const;
export type Part = (typeof PARTS)[number];
/** Parts that are missing in exports of earlier versions. */
export const LATER_PARTS: readonly Part[] = ['shop', 'endpoints'];

const id = z.uuid();
const time = z.iso.datetime();
const file = z.object({ id, filename: z.string(), type: z.string() });
/** A picture: a file of the export, or a URL. */
const picture = z.union([file, z.object({ url: z.string() })]);

/** A line of the part `people`. */
export const exportedPerson = z.object({
  type: z.literal('person'),
  id,
  name: z.string(),
  username: z.string().nullable(),
  /** Only if it is verified. */
  email: z.string().nullable(),
  timezone: z.string().nullable(),
  role: z.enum(['owner', 'admin', 'member', 'guest', 'customer']).nullable(),
  isBot: z.boolean().default(false),
  avatar: picture.nullable().default(null),
});

/** Lines of the part `conversations`: each conversation, followed by its webhooks and messages. */
export const exportedTalk = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('conversation'),
    id,
    kind: z.enum(['channel', 'group', 'direct', 'support']),
    visibility: z.enum(['public', 'private']),
    name: z.string().nullable(),
    topic: z.string(),
    createdBy: id.nullable(),
    createdAt: time,
    isArchived: z.boolean(),
    members: z.array(id),
    /** Messages, the oldest pin first. */
    pins: z.array(id).default([]),
    /** Only for support cases. */
    support: supportCase.optional(),
  }),
  z.object({
    type: z.literal('webhook'),
    id,
    conversationId: id,
    name: z.string(),
    /** A URL. */
    avatar: z.string().nullable(),
    isEnabled: z.boolean(),
  }),
  z.object({
    type: z.literal('message'),
    id,
    conversationId: id,
    senderId: id,
    /** Only if a program sent it. */
    senderName: z.string().optional(),
    createdAt: time,
    content: z.string(),
    threadId: id.optional(),
    reactions: z.array(z.object({ emoji: z.string(), userIds: z.array(id) })),
    files: z.array(file),
  }),
]);

/** Lines of the part `tasks`: the labels, then each task, followed by its comments and time entries. */
export const exportedWork = z.discriminatedUnion('type', [
  z.object({ type: z.literal('label'), name: z.string(), color: z.string() }),
  z.object({
    type: z.literal('task'),
    id,
    parentId: id.nullable(),
    title: z.string(),
    description: z.string(),
    status: z.enum(['todo', 'in-progress', 'completed']),
    priority: z.enum(['low', 'medium', 'high']),
    category: z.string().nullable(),
    link: z.string().nullable(),
    dueAt: z.string().nullable(),
    dueOn: z.string().nullable(),
    recurrence: z.object({ rule: z.string(), from: z.enum(['due', 'completion']), timeZone: z.string() }).nullable(),
    isPrivate: z.boolean(),
    labels: z.array(z.object({ name: z.string(), color: z.string() })),
    memberIds: z.array(id),
    createdBy: id,
    createdAt: time,
    completedAt: time.nullable(),
    files: z.array(file),
  }),
  z.object({
    type: z.literal('comment'),
    id,
    taskId: id,
    authorId: id,
    createdAt: time,
    content: z.string(),
  }),
  z.object({
    type: z.literal('time'),
    id,
    taskId: id,
    userId: id,
    startedAt: time,
    stoppedAt: time,
    note: z.string(),
    billable: z.boolean(),
  }),
  z.object({
    type: z.literal('correction'),
    id,
    /** The corrected entry. */
    entryId: id,
    authorId: id,
    deltaMs: z.int(),
    reason: z.string(),
    createdAt: time,
  }),
]);

const orderLine = z.object({
  productId: id,
  name: z.string(),
  price: products.create.input.shape.price,
  /** Items of one product that were added several times are one line. */
  quantity: z
    .int()
    .min(1)
    .max(sizes.orderLines * sizes.orderQuantity),
});

/** Lines of the part `shop`: the shop, its products, its orders, the lowest number first, and the stock movements. */
export const exportedTrade = z.discriminatedUnion('type', [
  z.object({ type: z.literal('shop'), introduction: z.string(), isPublic: z.boolean() }),
  z.object({
    type: z.literal('product'),
    id,
    name: z.string(),
    description: z.string(),
    price: z.int(),
    currency: z.string(),
    lowStock: z.int(),
    isActive: z.boolean(),
    /** Deleted, and included only because an order refers to it. */
    isDeleted: z.boolean(),
    createdAt: time,
    pictures: z.array(z.object({ picture, alt: z.string() })),
  }),
  z.object({
    type: z.literal('order'),
    id,
    number: z.int(),
    buyerId: id,
    conversationId: id.nullable(),
    currency: z.string(),
    note: z.string(),
    createdAt: time,
    lines: z.array(orderLine).min(1).max(sizes.orderLines),
    /** The status changes after it was placed, oldest first. */
    changes: z.array(
      z.object({ to: orderStatus, assigneeId: id.nullable(), authorId: id, note: z.string(), at: time }),
    ),
  }),
  /** Their sum is the stock of the product, which none of those before takes below zero. */
  z.object({
    type: z.literal('movement'),
    id,
    productId: id,
    change: products.moveStock.input.shape.change,
    reason: stockReason,
    note: z.string(),
    authorId: id.nullable(),
    orderId: id.nullable(),
    createdAt: time,
  }),
]);

/** A line of the part `endpoints`: a webhook endpoint, without the secret. */
export const exportedEndpoint = z.object({
  type: z.literal('endpoint'),
  id,
  url: z.string(),
  description: z.string(),
  eventTypes: z.array(z.string()),
  /** Private conversations whose events it receives. */
  conversationIds: z.array(id),
});

export type ExportedPicture = z.input<typeof picture>;
export type ExportedTrade = z.input<typeof exportedTrade>;
export type ExportedEndpoint = z.input<typeof exportedEndpoint>;
export type ExportedPerson = z.input<typeof exportedPerson>;
export type ExportedTalk = z.input<typeof exportedTalk>;
export type ExportedWork = z.input<typeof exportedWork>;
export type ExportedFile = z.input<typeof file>;
