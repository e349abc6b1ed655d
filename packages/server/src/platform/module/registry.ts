import type { Module, Services } from './module.ts';

/** How modules find each other at run time. */
export interface Registry {
  /** All modules, in order. Throws an Error before all are created. */
  all(): readonly Module[];
  /**
   * A service of another module. Call this while the module is created, so that a missing service fails the start, and
   * call the returned function when the service is needed.
   */
  service<Name extends keyof Services>(name: Name): () => Services[Name];
}

/** Creates the registry; `fill` is called once with all modules. */
export function createRegistry(): Registry & {
  /** Throws an Error for duplicate module names, and for a service with no provider or several. */
  fill(modules: readonly Module[]): void;
} {
  let filled: readonly Module[] | undefined;
  const wanted = new Set<keyof Services>();
  const all = () => {
    if (filled === undefined) throw new Error('The modules are not created yet.');
    return filled;
  };
  return {
    all,
    service(name) {
      wanted.add(name);
      return () => {
        const found = all().find(({ services }) => services?.[name] !== undefined);
        return found?.services?.[name] as Services[typeof name];
      };
    },
    fill(modules) {
      refuseDoubles(
        modules.map(({ name }) => name),
        'are called',
      );
      const given = collect(modules, 'services');
      const missing = [...wanted].filter((name) => given[name] === undefined);
      if (missing.length > 0) throw new Error(`No module provides the service ${missing.join(', ')}.`);
      filled = modules;
    },
  };
}

/** A field of modules whose keys must be unique. */
type Keyed = 'readerViews' | 'renderers' | 'services' | 'snapshot';

/**
 * Merges one field of all modules.
 * @throws Error that names every key of several modules
 */
export function collect<Field extends Keyed>(modules: readonly Module[], field: Field): NonNullable<Module[Field]> {
  const parts = modules.map((module) => module[field] ?? {});
  refuseDoubles(
    parts.flatMap((part) => Object.keys(part)),
    `have ${field} for`,
  );
  return Object.assign({}, ...parts);
}

/** @param fault the text between "Two modules" and the duplicate names */
function refuseDoubles(names: readonly string[], fault: string): void {
  const doubled = new Set(names.filter((name, at) => names.indexOf(name) !== at));
  if (doubled.size > 0) throw new Error(`Two modules ${fault} ${[...doubled].join(', ')}.`);
}
