import { Injectable } from '@nestjs/common';
import type { Requirement, Route } from './route-table.js';

/** The route table of the running application, looked up by what Fastify matched. */
@Injectable()
export class RouteRegistry {
  private readonly requirements = new Map<string, Requirement>();
  private patterns: { method: string; pattern: RegExp }[] = [];
  routes: readonly Route[] = [];

  load(routes: readonly Route[]): void {
    this.routes = routes;
    for (const { method, path, requirement } of routes)
      this.requirements.set(`${method} ${path}`, requirement);
    this.patterns = routes
      .filter(({ path }) => !path.includes('*'))
      .map(({ method, path }) => ({ method, pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`) }));
  }

  /** @param pattern the path as it was registered */
  requirement(method: string, pattern: string | undefined): Requirement | undefined {
    return this.requirements.get(`${method === 'HEAD' ? 'GET' : method} ${pattern ?? ''}`);
  }

  /** Methods that some route takes at this path; empty when there is nothing at all. */
  methodsAt(url: string): string[] {
    const path = url.split(/[?#]/, 1)[0] ?? '';
    return this.patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
  }
}
