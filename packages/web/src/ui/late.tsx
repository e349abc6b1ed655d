import { type ComponentType, useEffect, useState } from 'react';

/** A part of the page that is fetched when it is first drawn, or before by `preload`. */
export type Late<Props> = ComponentType<Props> & { preload: () => Promise<void> };

/**
 * Makes a component of one that comes late. Nothing is drawn until it is there; when it could not be fetched, because
 * there is no connection, it is tried again the next time, and the rest of the page goes on.
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
