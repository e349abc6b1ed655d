export * from '../transact/index.ts';
export * from './module.ts';
export { collect, createRegistry, type Registry } from './registry.ts';
