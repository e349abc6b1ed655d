// Exported as a whole, so that modules can declare their hooks through the index files.
export { createTransact, type Transact, type TransactOptions } from './transact.ts';
export * from './work.ts';
