import { z } from 'zod';

/** A text that may be missing or of another type. */
export const maybeText = z.string().optional().catch(undefined);
export const maybeFlag = z.boolean().optional().catch(undefined);
export const maybeNumber = z.number().optional().catch(undefined);

/** The valid items of a list; [] if it is not a list. */
export function listOf<Item>(item: z.ZodType<Item>) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((items) => items.flatMap((one) => item.safeParse(one).data ?? []));
}

/** The texts of a list; other items are dropped. */
export const texts = listOf(z.string());
