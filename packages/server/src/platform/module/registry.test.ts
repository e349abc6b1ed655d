import { describe, expect, it } from 'vitest';
import type { Module } from './module.ts';
import { collect, createRegistry } from './registry.ts';

const module = (name: string, rest: Partial<Module> = {}): Module => ({ name, operations: [], ...rest });
const messageSource = {} as never;
const service = { messageSource };

describe('the registry', () => {
  it('has nothing before all modules are created', () => {
    expect(() => createRegistry().all()).toThrow('The modules are not created yet.');
  });

  it('returns a service of a later module', () => {
    const registry = createRegistry();
    const source = registry.service('messageSource');
    expect(source).toThrow('The modules are not created yet.');
    const modules = [module('search'), module('chat', { services: service })];
    registry.fill(modules);
    expect(registry.all()).toBe(modules);
    expect(source()).toBe(messageSource);
  });

  it('refuses to start without a required service', () => {
    const registry = createRegistry();
    registry.service('messageSource');
    expect(() => registry.fill([module('search')])).toThrow('No module provides the service messageSource.');
  });

  it('refuses two modules of one name, and two that provide the same service', () => {
    expect(() => createRegistry().fill([module('chat'), module('chat')])).toThrow('Two modules are called chat.');
    const both = [module('one', { services: service }), module('other', { services: service })];
    expect(() => createRegistry().fill(both)).toThrow('Two modules have services for messageSource.');
  });
});

describe('collect', () => {
  const me = () => Promise.resolve({} as never);

  it('combines a field of all modules', () => {
    const modules = [module('identity', { snapshot: { me } }), module('slash')];
    expect(collect(modules, 'snapshot')).toEqual({ me });
  });

  it('names a duplicate key', () => {
    const modules = [module('identity', { snapshot: { me } }), module('other', { snapshot: { me } })];
    expect(() => collect(modules, 'snapshot')).toThrow('Two modules have snapshot for me.');
  });
});
