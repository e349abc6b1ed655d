/**
 * Puts the movements of a product into an order in which its stock never falls below zero. Their ids order them by the
 * clocks of the nodes that made them, which may be set back or differ: a movement that took what another one had
 * brought can come before it. It is held back until there is enough again.
 * @param movements all of one product, the first from an empty stock
 */
export async function* inOrderOfStock<Movement extends { change: number }>(
  movements: AsyncIterable<Movement>,
): AsyncGenerator<Movement, void> {
  let stock = 0;
  let held: Movement[] = [];
  for await (const movement of movements) {
    const waiting = [...held, movement];
    held = [];
    for (const next of waiting) {
      if (stock + next.change < 0) held.push(next);
      else {
        stock += next.change;
        yield next;
      }
    }
  }
  // None is left: the sum of all is not below zero.
  yield* held;
}
