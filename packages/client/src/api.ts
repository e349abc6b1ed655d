import { type Api, contract, type Operation } from '@atrium/protocol';

/** Carries out an operation by name of the contract. */
export type Caller<Options> = (
  operation: Operation,
  input: Record<string, unknown>,
  options?: Options,
) => Promise<unknown>;

/** The contract as methods, whatever carries them: `api.messages.send(input)`. */
export function createApi<Options>(call: Caller<Options>): Api<Options> {
  const groups = Object.entries(contract).map(([group, verbs]) => {
    const methods = Object.entries(verbs as Record<string, Operation>).map(([verb, operation]) => [
      verb,
      (input: Record<string, unknown> = {}, options?: Options) => call(operation, input, options),
    ]);
    return [group, Object.freeze(Object.fromEntries(methods))];
  });
  return Object.freeze(Object.fromEntries(groups)) as Api<Options>;
}

const byName = new Map(
  Object.values(contract)
    .flatMap((group) => Object.values(group) as Operation[])
    .map((operation) => [operation.name, operation]),
);

/** Throws TypeError for a name that the contract does not have. */
export function operationNamed(name: string): Operation {
  const operation = byName.get(name);
  if (!operation) throw new TypeError(`There is no operation ${name}`);
  return operation;
}
