import type { z } from 'zod';
import type { ExportedPicture, exportedEndpoint, exportedTrade } from '../../rows/export-format.ts';
import type { EndpointRow, Picture, Row } from '../../rows/neutral.ts';

/** A line of the part `shop`. */
export function tradeRow(
  value: z.output<typeof exportedTrade>,
  where: string,
  pictureOf: (picture: ExportedPicture) => Picture,
): Row {
  if (value.type === 'shop') {
    const { introduction, isPublic } = value;
    return { kind: 'shop', key: 'shop', where, introduction, isPublic };
  }
  if (value.type === 'product') {
    const { createdAt, id, pictures, type: kind, ...product } = value;
    return {
      kind,
      key: id,
      where,
      ...product,
      createdAt: new Date(createdAt),
      pictures: pictures.map(({ alt, picture }) => ({ alt, picture: pictureOf(picture) })),
    };
  }
  if (value.type === 'movement') {
    const { authorId, change, createdAt, id, note, orderId, productId, reason } = value;
    const refers = { product: productId, order: orderId ?? undefined, author: authorId ?? undefined };
    return { kind: 'movement', key: id, where, ...refers, change, reason, note, at: new Date(createdAt) };
  }
  const { buyerId, changes, conversationId, createdAt, currency, id, lines, note, number } = value;
  return {
    kind: 'order',
    key: id,
    where,
    ...{ number, currency, note },
    buyer: buyerId,
    conversation: conversationId ?? undefined,
    createdAt: new Date(createdAt),
    lines: lines.map(({ productId, ...line }) => ({ product: productId, ...line })),
    changes: changes.map(({ assigneeId, at, authorId, note: said, to }) => {
      return { to, assignee: assigneeId, author: authorId, note: said, at: new Date(at) };
    }),
  };
}

/** A line of the part `endpoints`. */
export function endpointRow(value: z.output<typeof exportedEndpoint>, where: string): EndpointRow {
  const { conversationIds, description, eventTypes, id, url } = value;
  return { kind: 'endpoint', key: id, where, url, description, eventTypes, conversations: conversationIds };
}
