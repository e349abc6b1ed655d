import { type ComponentType, useEffect, useState } from 'react';
import { whenQuiet } from './quiet.ts';

/** A component that is loaded when it is first rendered, or earlier by `preload`. */
export type Late<Props> = ComponentType<Props> & { preload: () => Promise<void> };

/** What of such a component can be seen from outside: a closed dialog shows nothing yet. */
const isClosed = (props: object) => 'open' in props && props.open === false;

/**
 * Creates a component that is loaded on demand. It renders nothing until it is loaded; if loading fails without a
 * connection, it is tried again the next time, and the rest of the page still works. One with `open={false}` waits
 * until the page is idle.
 * @param canWait whether it always waits for that
 */
export function late<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { canWait = false }: { canWait?: boolean } = {},
): Late<Props> {
  let Loaded: ComponentType<Props> | undefined;
  const preload = async () => {
    Loaded ??= await load();
  };
  function LatePart(props: Props) {
    const [isThere, setIsThere] = useState(Loaded !== undefined);
    const waits = canWait || isClosed(props);
    useEffect(() => {
      if (isThere) return undefined;
      let isShown = true;
      const loadNow = () => (isShown ? preload().then(() => isShown && setIsThere(true)) : undefined);
      (waits ? whenQuiet().then(loadNow) : Promise.resolve(loadNow())).catch(() => undefined);
      return () => {
        isShown = false;
      };
    }, [isThere, waits]);
    return Loaded && <Loaded {...props} />;
  }
  return Object.assign(LatePart, { preload });
}
