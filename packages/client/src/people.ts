import type { User } from '@atrium/protocol';
import type { ById } from './state/by-id.ts';
import type { LiveState } from './state/live-state.ts';

/** Maximum number of remembered profiles; a page of history contains others again. */
const MOST_PEOPLE = 5_000;

/**
 * The profiles of authors of loaded messages who are no longer members: those in a page of history, and members who
 * left while the program was running.
 */
export class People {
  readonly #onChange: () => void;
  #workspaces: LiveState['workspaces'] = {};
  #known: ById<User> = {};

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get known(): ById<User> {
    return this.#known;
  }

  add(users: readonly User[]): void {
    if (users.length === 0) return;
    const entries = Object.entries({ ...this.#known, ...Object.fromEntries(users.map((user) => [user.id, user])) });
    this.#known = Object.fromEntries(entries.slice(-MOST_PEOPLE));
    this.#onChange();
  }

  /** Receives the live state after every change, and remembers people who are no longer in it. */
  observe({ workspaces }: LiveState): void {
    const before = this.#workspaces;
    this.#workspaces = workspaces;
    if (before === workspaces) return;
    this.add(
      Object.values(workspaces).flatMap(({ id, members }) => {
        const known = before[id]?.members;
        if (known === undefined || known === members) return [];
        return Object.values(known).flatMap(({ user }) => (user.id in members ? [] : [user]));
      }),
    );
  }

  clear(): void {
    this.#workspaces = {};
    this.#known = {};
  }
}
