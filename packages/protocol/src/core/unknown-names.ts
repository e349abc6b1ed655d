import type { EventSpec } from './event.ts';
import type { GroupSpec } from './feature.ts';
import type { OperationSpec } from './operation.ts';

/** The names that operations and events may use. */
export interface KnownNames {
  access: string;
  limit: string;
  problem: string;
  stream: string;
}

type In<Known extends KnownNames, Name extends string, Op extends OperationSpec> =
  | `${Name}: unknown access rule ${Exclude<Op['access'], Known['access']>}`
  | `${Name}: unknown limit class ${Exclude<Op['limit'], Known['limit']>}`
  | (Op extends { errors: readonly (infer Code extends string)[] }
      ? `${Name}: unknown problem code ${Exclude<Code, Known['problem']>}`
      : never);

type InGroup<Known extends KnownNames, Name extends string, Operations> = {
  [Verb in keyof Operations & string]: Operations[Verb] extends OperationSpec
    ? In<Known, `${Name}.${Verb}`, Operations[Verb]>
    : never;
}[keyof Operations & string];

/** An error message for each undeclared name in a group; never if there is none. */
export type UnknownInGroups<Known extends KnownNames, Groups> = {
  [Name in keyof Groups & string]: Groups[Name] extends GroupSpec
    ? InGroup<Known, Name, Groups[Name]['operations']>
    : never;
}[keyof Groups & string];

/** The same for the streams that carry events. */
export type UnknownInEvents<Known extends KnownNames, Events> = {
  [Type in keyof Events & string]: Events[Type] extends EventSpec<infer _, infer On>
    ? On extends readonly (infer Kind extends string)[]
      ? `${Type}: unknown kind of stream ${Exclude<Kind, Known['stream']>}`
      : never
    : never;
}[keyof Events & string];

/** The same for the refusals of access rules. */
export type UnknownInAccess<Known extends KnownNames, Rules> = {
  [Rule in keyof Rules & string]: Rules[Rule] extends { refusals: readonly (infer Code extends string)[] }
    ? `${Rule}: unknown problem code ${Exclude<Code, Known['problem']>}`
    : never;
}[keyof Rules & string];
