import type { SendIntent } from './intent.ts';

/** A stored item with its id. */
export type Stored = { readonly clientMessageId: string } | { readonly key: string };

/** Persistent storage for unsent items, such as IndexedDB. It belongs to one account. */
export interface OutboxStorage<Item extends Stored> {
  load(): Promise<readonly Item[]>;
  /** Adds or replaces. */
  put(item: Item): Promise<void>;
  /** @param id the `clientMessageId` of a message, the `key` of a command */
  remove(id: string): Promise<void>;
}

/** The storage of unsent messages. */
export type IntentStorage = OutboxStorage<SendIntent>;

const idOf = (item: Stored): string => ('key' in item ? item.key : item.clientMessageId);

/** A storage in memory, which is lost when the program ends. */
export function memoryStorage<Item extends Stored = SendIntent>(): OutboxStorage<Item> {
  const items = new Map<string, Item>();
  return {
    async load() {
      return [...items.values()];
    },
    async put(item) {
      items.set(idOf(item), item);
    },
    async remove(id) {
      items.delete(id);
    },
  };
}

/** Stores items as JSON under one key of `localStorage` or a compatible object. */
export function webStorage<Item extends Stored = SendIntent>(store: KeyValueStore, key: string): OutboxStorage<Item> {
  const read = () => JSON.parse(store.getItem(key) ?? '[]') as Item[];
  const write = (items: Item[]) => store.setItem(key, JSON.stringify(items));
  const others = (id: string) => read().filter((item) => idOf(item) !== id);
  return {
    async load() {
      return read();
    },
    async put(item) {
      write([...others(idOf(item)), item]);
    },
    async remove(id) {
      write(others(id));
    },
  };
}

/** The part of the Web Storage interface that is used here. */
export interface KeyValueStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}
