import { bots } from './bots.ts';
import {
  chatEvents,
  conversations,
  drafts,
  messages,
  pins,
  reactions,
  saved,
  support,
  threads,
  typing,
} from './chat/index.ts';
import type { DataOf, EventSpec } from './event.ts';
import { exporting } from './export.ts';
import { admin, auth, identityEvents, users } from './identity.ts';
import type { InputOf, Operation, OperationSpec, OutputOf } from './operation.ts';
import { presenceEvents, presences } from './presence.ts';
import { retention } from './retention.ts';
import { search } from './search.ts';
import { commands } from './slash.ts';
import { connectionEvents, streams } from './streams.ts';
import { tokens } from './tokens.ts';
import { webhooks } from './webhooks.ts';
import { members, workspaceEvents, workspaces } from './workspaces.ts';

/** Every operation of Atrium by group and verb. */
export const contract = {
  auth,
  users,
  tokens,
  admin,
  workspaces,
  members,
  bots,
  conversations,
  messages,
  reactions,
  threads,
  pins,
  saved,
  drafts,
  typing,
  support,
  webhooks,
  retention,
  exports: exporting,
  presence: presences,
  commands,
  search,
  streams,
} as const;
export type Contract = typeof contract;

/** The same as one list. */
export const operations: readonly Operation[] = Object.values(contract).flatMap(
  (group) => Object.values(group) as Operation[],
);

/** Every live event by type. */
export const events = {
  ...connectionEvents,
  ...identityEvents,
  ...workspaceEvents,
  ...chatEvents,
  ...presenceEvents,
} as const;
export type Events = typeof events;
export type EventType = keyof Events;

/** The data of each live event. */
export type EventData = { [Type in EventType]: DataOf<Events[Type]> };

/** Types of events that have a place in a stream. */
export type DurableType = { [Type in EventType]: Events[Type]['on'] extends 'volatile' ? never : Type }[EventType];

/** True when events of this type have a place in a stream. */
export function isDurable(type: EventType): boolean {
  const spec: EventSpec = events[type];
  return spec.on !== 'volatile';
}

/** The contract as methods: `api.messages.send(input)`. */
export type Api<Options = never> = {
  [Group in keyof Contract]: {
    [Verb in keyof Contract[Group]]: Contract[Group][Verb] extends OperationSpec
      ? (input: InputOf<Contract[Group][Verb]>, options?: Options) => Promise<OutputOf<Contract[Group][Verb]>>
      : never;
  };
};
