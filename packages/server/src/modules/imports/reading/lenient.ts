import { z } from 'zod';

/** A text that may be missing, or be something else. */
export const maybeText = z.string().optional().catch(undefined);
export const maybeFlag = z.boolean().optional().catch(undefined);
export const maybeNumber = z.number().optional().catch(undefined);

/** The items of a list that fit; none of what is no list. */
export function listOf<Item>(item: z.ZodType<Item>) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((items) => items.flatMap((one) => item.safeParse(one).data ?? []));
}

/** Texts of a list, without what is none. */
export const texts = listOf(z.string());
