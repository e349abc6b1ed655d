import type { z } from 'zod';

/** A POST that is not an operation, since it follows the conventions of other software and answers in plain text. */
export interface EndpointSpec {
  /** The group of operations with which the documents show it. */
  group: string;
  summary: string;
  description: string;
  /** Below /api/v1; `:key` segments are strings. */
  path: string;
  /** Bytes of a body. */
  bodyLimit: number;
  payload: z.ZodType;
  /** The plain text of a success. */
  success: string;
  /** The plain text of each refusal, with its status. */
  refusals: Readonly<Record<string, number>>;
}
