/** A message: the offset of its line, and its index among the replies; -1 for the message they reply to. */
export interface Place {
  conversation: number;
  at: number;
  offset: number;
  bytes: number;
  line: number;
  reply: number;
}

const FIELDS = 6;
const FIRST_SIZE = 1_024;

/** An index of the messages of a file, which are unordered, by time; 48 bytes each. */
export class PostIndex {
  private numbers = new Float64Array(FIRST_SIZE * FIELDS);
  private count = 0;

  add({ conversation, at, offset, bytes, line, reply }: Place): void {
    if ((this.count + 1) * FIELDS > this.numbers.length) {
      const larger = new Float64Array(this.numbers.length * 2);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers.set([conversation, at, offset, bytes, line, reply], this.count * FIELDS);
    this.count += 1;
  }

  /** The messages by conversation, oldest first. */
  *inOrder(): Generator<Place, void> {
    const order = new Uint32Array(this.count).map((_, place) => place);
    const field = (place: number, number: number) => this.numbers[place * FIELDS + number] ?? 0;
    const by = (number: number) => (one: number, other: number) => field(one, number) - field(other, number);
    const comparisons = [by(0), by(1), by(2), by(5)];
    order.sort((one, other) => comparisons.map((compare) => compare(one, other)).find((sign) => sign !== 0) ?? 0);
    for (const place of order) {
      const [conversation, at, offset, bytes, line, reply] = [0, 1, 2, 3, 4, 5].map((number) => field(place, number));
      yield {
        conversation: conversation ?? 0,
        at: at ?? 0,
        offset: offset ?? 0,
        bytes: bytes ?? 0,
        line: line ?? 0,
        reply: reply ?? -1,
      };
    }
  }
}
