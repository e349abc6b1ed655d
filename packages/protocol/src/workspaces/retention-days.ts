import { z } from 'zod';

/** Days that messages are kept; null: no limit is set here. */
export const retentionDays = z.int().min(1).max(3650).nullable();
