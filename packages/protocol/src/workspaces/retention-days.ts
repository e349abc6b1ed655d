import { z } from 'zod';

/** Days that messages are kept; null: nothing is said about it here. */
export const retentionDays = z.int().min(1).max(3650).nullable();
