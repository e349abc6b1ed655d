/**
 * Every table of the program, by name. Empty here on purpose: a module adds its own beside its store with
 * `declare module '…/platform/database/tables.ts' { interface Tables { thing: ThingTable } }`,
 * so that no central file has to know the features.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Tables {}
