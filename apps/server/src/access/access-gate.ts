import { type CanActivate, type ExecutionContext, Injectable, Module } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '@loket/contracts/errors.js';
import { AccessModule } from '@loket/core/access/access.module.js';
import { Authenticator } from '@loket/core/access/authenticator.js';
import { hasRole, hasScope, type Principal } from '@loket/core/access/principal.js';
import { RouteRegistry } from '../http/route-registry.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** who asks; null on public routes */
    principal: Principal | null;
    /** set once the request may go on to its route */
    admitted: boolean;
  }
}

/**
 * Decides on every request before its body is read, so that strangers cannot make us read bodies. What is not in the route
 * table, or declares nothing, is closed.
 */
@Injectable()
export class AccessGate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly routes: RouteRegistry,
  ) {}

  install(instance: FastifyInstance): void {
    instance.decorateRequest('principal', null);
    instance.decorateRequest('admitted', false);
    instance.addHook('onRequest', async (request) => {
      if (request.is404) return;
      request.principal = await this.admit(request);
      request.admitted = true;
    });
  }

  private async admit(request: FastifyRequest): Promise<Principal | null> {
    const requirement = this.routes.requirement(request.method, request.routeOptions.url);
    if (requirement === 'public') return null;
    const principal = await this.authenticator.authenticate(request.headers);
    if (principal === null) throw new AppError('unauthenticated', 'sign_in_required', 'sign in first');
    if (requirement === undefined) throw new AppError('forbidden', 'route_closed', 'this route is closed');
    if (!hasScope(principal, requirement.scope)) {
      throw requirement.scope === null
        ? new AppError('forbidden', 'session_required', 'only a person who has signed in can do this')
        : new AppError('forbidden', 'scope_missing', `the token lacks the scope ${requirement.scope}`);
    }
    if (!hasRole(principal, requirement.role))
      throw new AppError('forbidden', 'role_missing', `this needs the role ${requirement.role}`);
    return principal;
  }
}

/** Second lock: a handler runs only for a request that the gate has let through, however it came to be called. */
@Injectable()
export class AdmittedGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    if (context.switchToHttp().getRequest<FastifyRequest>().admitted) return true;
    throw new AppError('unauthenticated', 'sign_in_required', 'sign in first');
  }
}

@Module({
  imports: [AccessModule],
  providers: [AccessGate, RouteRegistry],
  exports: [AccessGate, RouteRegistry],
})
export class AccessGateModule {}
