/** The streams that each follower follows. */
export class FollowerIndex<Follower extends object, Stream> {
  private readonly streams = new Map<Follower, Set<Stream>>();

  add(follower: Follower, stream: Stream): void {
    const followed = this.streams.get(follower);
    if (followed) followed.add(stream);
    else this.streams.set(follower, new Set([stream]));
  }

  remove(follower: Follower, stream: Stream): void {
    const followed = this.streams.get(follower);
    followed?.delete(stream);
    if (followed?.size === 0) this.streams.delete(follower);
  }

  of(follower: Follower): ReadonlySet<Stream> {
    return this.streams.get(follower) ?? new Set();
  }
}
