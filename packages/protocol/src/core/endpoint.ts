import type { z } from 'zod';

/**
 * A POST route that is not an operation, because it follows the conventions of other software and answers in plain
 * text.
 */
export interface EndpointSpec {
  /** The group of operations that lists it in the documents. */
  group: string;
  summary: string;
  description: string;
  /** Below /api/v1; `:key` segments are strings. */
  path: string;
  /** Maximum size of a body in bytes. */
  bodyLimit: number;
  payload: z.ZodType;
  /** The plain text of a successful response. */
  success: string;
  /** The plain text and status of each refusal. */
  refusals: Readonly<Record<string, number>>;
}
