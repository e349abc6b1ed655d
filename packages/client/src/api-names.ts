import type { Contract, InputOf, OutputOf } from '@atrium/protocol';

/** The `group.verb` names of all operations. */
export type OperationName = { [Group in keyof Contract]: `${Group}.${keyof Contract[Group] & string}` }[keyof Contract];

type OperationOf<Name> = Name extends `${infer Group}.${infer Verb}`
  ? Group extends keyof Contract
    ? Verb extends keyof Contract[Group]
      ? Contract[Group][Verb]
      : never
    : never
  : never;

/** The input of the operation with that name. */
export type InputNamed<Name extends OperationName> = InputOf<OperationOf<Name>>;
/** The output of the operation with that name. */
export type OutputNamed<Name extends OperationName> = OutputOf<OperationOf<Name>>;
