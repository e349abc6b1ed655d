import { type AccessRule, accessRules } from './contract.ts';
import type { AccessRuleSpec } from './core/access.ts';
import { isCommand, type OperationSpec, type Scope } from './core/operation.ts';

/** The scope that an API token needs for an operation; undefined if tokens cannot call it. */
export function scopeOf(
  op: Pick<OperationSpec, 'method' | 'readOnly' | 'sessionOnly'> & { access: AccessRule },
): Scope | undefined {
  if (op.sessionOnly === true) return undefined;
  const rule: AccessRuleSpec = accessRules[op.access];
  return rule.scope ?? (isCommand(op) ? 'write' : 'read');
}
