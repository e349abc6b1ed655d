import type { InputNamed } from '@atrium/client';
import type { User } from '@atrium/protocol';
import type { parseTask, TypedTask } from '@atrium/protocol/typed-task';
import { useMemo, useState } from 'react';
import { client } from '../../../live/client.ts';
import { useLive } from '../../../live/use-live.ts';
import { useByUsername } from '../hooks.ts';

type Parse = typeof parseTask;
type NewTask = Omit<InputNamed<'tasks.create'>, 'workspaceId' | 'parentId'>;

/** The recognized parts of a text, and their words. */
export type Understood =
  | { kind: 'due'; words: string; dueAt: string | null; dueOn: string | null }
  | { kind: 'priority'; words: string; priority: NonNullable<TypedTask['priority']> }
  | { kind: 'category'; words: string; category: string }
  | { kind: 'member'; words: string; user: User };

let parse: Parse | undefined;

/** The date parser is larger than a list of tasks; it is loaded when the user is about to type a task. */
async function loadParser(): Promise<Parse | undefined> {
  try {
    parse ??= (await import('@atrium/protocol/typed-task')).parseTask;
  } catch {
    // Without a connection the whole text is the title.
  }
  return parse;
}

/** Parses a task as it is typed, like `/task`. */
export function useTypedTask(text: string, workspaceId: string) {
  const [isReady, setIsReady] = useState(parse !== undefined);
  const [plain, setPlain] = useState<ReadonlySet<string>>(new Set());
  const people = useByUsername(workspaceId);
  const timeZone = useLive(({ me }) => me?.timezone) ?? 'UTC';
  const locale = useLive(({ me }) => me?.locale) ?? 'en';
  const read = useMemo(() => {
    const isPlain = (words: string) =>
      plain.has(words.toLowerCase()) || (words.startsWith('@') && !people.has(words.slice(1).toLowerCase()));
    return (): TypedTask =>
      parse?.(text, { now: new Date(client.now()), timeZone, locale, isPlain }) ?? {
        title: text.trim(),
        usernames: [],
      };
  }, [text, plain, people, timeZone, locale]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: reads differently once the parser is there
  const typed = useMemo(read, [read, isReady]);
  return {
    title: typed.title,
    understood: useMemo(() => understoodOf(typed, people), [typed, people]),
    prepare: () => void loadParser().then((loaded) => setIsReady(loaded !== undefined)),
    takeBack: ({ words }: Understood) => setPlain((known) => new Set(known).add(words.toLowerCase())),
    reset: () => setPlain(new Set()),
    /** The task, also if it is sent before the parser is loaded. */
    task: async (): Promise<NewTask> => {
      await loadParser();
      const { usernames, dueWords: _, ...fields } = read();
      return { ...fields, memberIds: usernames.flatMap((name) => people.get(name)?.id ?? []) };
    },
  };
}

function understoodOf(typed: TypedTask, people: ReadonlyMap<string, User>): Understood[] {
  const { dueWords, dueAt = null, dueOn = null, priority, category, usernames } = typed;
  return [
    ...(dueWords === undefined ? [] : [{ kind: 'due', words: dueWords, dueAt, dueOn } as const]),
    ...(priority === undefined ? [] : [{ kind: 'priority', words: `!${priority}`, priority } as const]),
    ...(category === undefined ? [] : [{ kind: 'category', words: `#${category}`, category } as const]),
    ...usernames.flatMap((name) => {
      const user = people.get(name);
      return user === undefined ? [] : [{ kind: 'member', words: `@${name}`, user } as const];
    }),
  ];
}
