import { roles, type Locale, type Role, type Scope } from '@loket/contracts/access.js';

/** Who is asking, and how he came. */
export interface Principal {
  agent: { id: string; name: string; role: Role; locale: Locale };
  via: { kind: 'session'; sessionId: string } | { kind: 'token'; tokenId: string; scopes: readonly Scope[] };
}

/** Each role may do what the ones before it may. */
export function hasRole(principal: Principal, least: Role): boolean {
  return roles.indexOf(principal.agent.role) >= roles.indexOf(least);
}

/** A person may do whatever his role may; a token only what it was made for. null: only a person. */
export function hasScope(principal: Principal, scope: Scope | null): boolean {
  return principal.via.kind === 'session' || (scope !== null && principal.via.scopes.includes(scope));
}
