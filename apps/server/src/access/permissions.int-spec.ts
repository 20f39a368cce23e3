import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { roles, scopes, type Role, type Scope } from '@loket/contracts/access.js';
import { startApp, type TestApp } from '../../../../test/support/app.js';
import { createToken, signIn } from '../../../../test/support/people.js';
import { RouteRegistry } from '../http/route-registry.js';
import type { Route } from '../http/route-table.js';

let server: TestApp;
let routes: readonly Route[];
beforeAll(async () => {
  server = await startApp();
  routes = server.app.get(RouteRegistry).routes;
});
afterAll(() => server.close());

/** Everyone who may knock, against every door that there is. */
describe('permissions', () => {
  const visitors = new Map<
    string,
    { role: Role; scope: Scope | 'session'; headers: Record<string, string> }
  >();

  beforeAll(async () => {
    for (const role of roles) {
      const person = await signIn(server, role);
      visitors.set(`${role} in a browser`, {
        role,
        scope: 'session',
        headers: { cookie: person.cookieHeader() },
      });
      for (const scope of scopes) {
        const token = await createToken(server, person, scope);
        visitors.set(`token of ${role}: ${scope}`, {
          role,
          scope,
          headers: { authorization: `Bearer ${token}` },
        });
      }
    }
  });

  /** An address that matches the route and means nothing. */
  const addressOf = ({ path }: Route): string =>
    server.url + path.replace(/:\w+/g, '01890000-0000-7000-8000-000000000000').replace('*', 'nothing');
  const knock = async (
    route: Route,
    headers: Record<string, string>,
  ): Promise<{ status: number; code: string }> => {
    const answer = await fetch(addressOf(route), { method: route.method, headers, redirect: 'manual' });
    const text = await answer.text();
    const problem = answer.headers.get('content-type')?.includes('problem+json');
    return { status: answer.status, code: problem ? (JSON.parse(text) as { code: string }).code : '' };
  };

  /** Several at once: most of an answer is waiting for the database. */
  const all = async <T>(things: readonly T[], check: (thing: T) => Promise<void>): Promise<void> => {
    const left = [...things];
    const one = async (): Promise<void> => {
      for (let thing = left.shift(); thing !== undefined; thing = left.shift()) await check(thing);
    };
    await Promise.all(Array.from({ length: 6 }, one));
  };

  it('lets strangers in nowhere but at the public doors', async () => {
    const closed = routes.filter(({ requirement }) => requirement !== 'public');
    expect(closed.length).toBeGreaterThan(15);
    await all(closed, async (route) => {
      const door = `${route.method} ${route.path}`;
      expect([door, await knock(route, {})]).toEqual([door, { status: 401, code: 'sign_in_required' }]);
      expect([door, await knock(route, { authorization: 'Bearer lkt_wrong' })]).toEqual([
        door,
        { status: 401, code: 'token_invalid' },
      ]);
      expect([door, await knock(route, { cookie: `loket_session=${'x'.repeat(43)}` })]).toEqual([
        door,
        { status: 401, code: 'session_ended' },
      ]);
    });
  });

  it('answers everyone at every door as the table says', async () => {
    // it would end what the rest of the test stands on
    const signsOut = (route: Route): boolean => route.method === 'DELETE' && route.path === '/api/v1/session';
    const doors = routes.filter((route) => route.requirement !== 'public' && !signsOut(route));
    for (const [name, { role, scope, headers }] of visitors) {
      await all(doors, async (route) => {
        const { requirement } = route;
        if (requirement === 'public') return;
        const { status, code } = await knock(route, headers);
        const scopeFits = scope === 'session' || scope === requirement.scope;
        const roleFits = roles.indexOf(role) >= roles.indexOf(requirement.role);
        const expected = !scopeFits
          ? requirement.scope === null
            ? 'session_required'
            : 'scope_missing'
          : roleFits
            ? 'in'
            : 'role_missing';
        const got = ['session_required', 'scope_missing', 'role_missing'].includes(code)
          ? code
          : status === 401 || status >= 500
            ? `${String(status)} ${code}`
            : 'in';
        expect([name, route.method, route.path, got]).toEqual([name, route.method, route.path, expected]);
      });
    }
  });
});
