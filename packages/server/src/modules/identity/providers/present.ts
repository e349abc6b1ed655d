import type { Identity, Provider as OfferedProvider } from '@atrium/protocol';
import type { Provider } from './provider.ts';
import type { IdentityRow } from './store.ts';

export function presentProvider({ id, name }: Pick<Provider, 'id' | 'name'>): OfferedProvider {
  return { id, name, path: `/api/v1/auth/oidc/${id}` };
}

export function presentIdentity(row: IdentityRow, providers: Iterable<Pick<Provider, 'id' | 'issuer'>>): Identity {
  const provider = [...providers].find(({ issuer }) => issuer === row.issuer);
  return {
    id: row.id,
    provider: provider?.id ?? null,
    issuer: row.issuer,
    email: row.email,
    linkedAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at.toISOString(),
  };
}
