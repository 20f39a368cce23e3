import { randomBytes } from 'node:crypto';
import { agentSchema, createdTokenSchema, type Role, type Scope } from '@loket/contracts/access.js';
import { ApiToken } from '@loket/core/access/api-token.entity.js';
import { hashBearerSecret } from '@loket/core/access/bearer-secret.js';
import { newId } from '@loket/platform/ids.js';
import { DataSource } from 'typeorm';
import type { TestApp } from './app.js';
import { ApiClient, ApiError } from './client.js';

const password = 'a long enough password';

/** A new colleague of this role, signed in. */
export async function signIn(server: TestApp, role: Role, name = `A ${role}`): Promise<ApiClient> {
  const email = `${role}-${randomBytes(4).toString('hex')}@loket.example`;
  await server.admin.post('/agents', { email, name, role, password }, agentSchema);
  const client = new ApiClient(server.url);
  await client.signIn(email, password);
  return client;
}

/** A token of this scope, also of scopes that its maker is not offered: the role must hold all the same. */
export async function createToken(server: TestApp, maker: ApiClient, scope: Scope): Promise<string> {
  const body = { name: scope, scopes: [scope] };
  try {
    return (await maker.post('/tokens', body, createdTokenSchema)).token;
  } catch (error) {
    if (!(error instanceof ApiError && error.problem.code === 'scope_beyond_role')) throw error;
  }
  const { id: agentId } = await maker.get('/me', agentSchema);
  const token = `lkt_${randomBytes(32).toString('base64url')}`;
  await server.app
    .get(DataSource)
    .getRepository(ApiToken)
    .insert({ id: newId(), agentId, name: scope, scopes: [scope], tokenHash: hashBearerSecret(token) });
  return token;
}
