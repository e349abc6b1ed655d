/**
 * Every table of the program, by name. Modules add theirs beside their stores with
 * `declare module '…/platform/database/index.ts' { interface Tables { thing: ThingRow } }`,
 * so that no central file lists the features.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Tables {}
