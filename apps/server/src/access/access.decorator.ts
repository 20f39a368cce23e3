import { SetMetadata } from '@nestjs/common';
import type { Role, Scope } from '@loket/contracts/access.js';

export const ACCESS = 'loket:access';

export interface AccessOptions {
  /** the least role; `agent` when left out */
  role?: Role;
  /**
   * What an API token needs. Left out: `admin` on routes for admins, else `read` for GET and `write` for the rest.
   * null: not for tokens at all, only for a person who has signed in.
   */
  scope?: Scope | null;
}
export type AccessDeclaration = 'public' | AccessOptions;

/** The route is open to anyone. */
export const Public = () => SetMetadata<string, AccessDeclaration>(ACCESS, 'public');

/** Who may call the route. Every route declares this or `@Public()`; the server refuses to start otherwise. */
export const Access = (options: AccessOptions = {}) =>
  SetMetadata<string, AccessDeclaration>(ACCESS, options);
