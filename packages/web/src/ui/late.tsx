import { type ComponentType, useEffect, useState } from 'react';

/** A component that is loaded when it is first rendered, or earlier by `preload`. */
export type Late<Props> = ComponentType<Props> & { preload: () => Promise<void> };

/**
 * Creates a component that is loaded on demand. It renders nothing until it is loaded; if loading fails without a
 * connection, it is tried again the next time, and the rest of the page still works.
 */
export function late<Props extends object>(load: () => Promise<ComponentType<Props>>): Late<Props> {
  let Loaded: ComponentType<Props> | undefined;
  const preload = async () => {
    Loaded ??= await load();
  };
  function LatePart(props: Props) {
    const [isThere, setIsThere] = useState(Loaded !== undefined);
    useEffect(() => {
      let isShown = true;
      if (!isThere)
        preload().then(
          () => isShown && setIsThere(true),
          () => undefined,
        );
      return () => {
        isShown = false;
      };
    }, [isThere]);
    return Loaded && <Loaded {...props} />;
  }
  return Object.assign(LatePart, { preload });
}
