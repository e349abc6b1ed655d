/** A name within other text, in any writing direction. */
export function Bdi({ children }: { children: string }) {
  return <bdi>{children}</bdi>;
}
