/** A name among other text, whatever direction it is written in. */
export function Bdi({ children }: { children: string }) {
  return <bdi>{children}</bdi>;
}
