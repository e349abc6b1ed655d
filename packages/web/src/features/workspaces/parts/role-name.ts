import { useLingui } from '@lingui/react/macro';

/** Roles that can be given, the one with most rights first. */
export const GRANTABLE = ['admin', 'member', 'guest', 'customer'] as const;
export type GrantableRole = (typeof GRANTABLE)[number];

/** What a role is called. */
export function useRoleName(): (role: string) => string {
  const { t } = useLingui();
  const names: Record<string, string> = {
    owner: t`Owner`,
    admin: t`Admin`,
    member: t`Member`,
    guest: t`Guest`,
    customer: t`Customer`,
  };
  return (role) => names[role] ?? role;
}
