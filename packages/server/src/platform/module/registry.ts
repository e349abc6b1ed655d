import type { Module, Services } from './module.ts';

/** What modules find of each other while the program runs. */
export interface Registry {
  /** Every module, in their order. Throws an Error while not all are created. */
  all(): readonly Module[];
  /**
   * What a module does for others. Ask while the module is created, so that a missing service stops the start; call what
   * you get when it is needed.
   */
  service<Name extends keyof Services>(name: Name): () => Services[Name];
}

/** Creates the registry; `fill` is called once with every module. */
export function createRegistry(): Registry & {
  /** Throws an Error for modules of one name, and for a service that none or several of them give. */
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
      if (missing.length > 0) throw new Error(`No module gives the service ${missing.join(', ')}.`);
      filled = modules;
    },
  };
}

/** A field of modules in which every key may stand once. */
type Keyed = 'renderers' | 'services' | 'snapshot';

/**
 * Joins one field of all modules.
 * @throws Error naming every key that several modules have
 */
export function collect<Field extends Keyed>(modules: readonly Module[], field: Field): NonNullable<Module[Field]> {
  const parts = modules.map((module) => module[field] ?? {});
  refuseDoubles(
    parts.flatMap((part) => Object.keys(part)),
    `have ${field} for`,
  );
  return Object.assign({}, ...parts);
}

/** @param fault what stands between "Two modules" and the names that are there twice */
function refuseDoubles(names: readonly string[], fault: string): void {
  const doubled = new Set(names.filter((name, at) => names.indexOf(name) !== at));
  if (doubled.size > 0) throw new Error(`Two modules ${fault} ${[...doubled].join(', ')}.`);
}
