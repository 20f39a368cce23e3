import type { EntityManager } from 'typeorm';
import type { Principal } from './principal.js';

/**
 * Which of these may still come in, in one statement however many they are: for connections that outlive the request
 * that opened them.
 *
 * @returns those whose session or token has ended, who were disabled, or whose role has changed
 */
export async function endedPrincipals<P extends Principal>(
  manager: EntityManager,
  principals: readonly P[],
): Promise<P[]> {
  if (principals.length === 0) return [];
  const rows: { position: string }[] = await manager.query(
    `SELECT p.position
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[])
       WITH ORDINALITY AS p(agent_id, session_id, token_id, role, position)
     JOIN agents a ON a.id = p.agent_id AND a.disabled_at IS NULL AND a.role = p.role
     LEFT JOIN sessions s ON s.id = p.session_id AND s.expires_at > now()
     LEFT JOIN api_tokens t ON t.id = p.token_id AND t.revoked_at IS NULL
     WHERE s.id IS NOT NULL OR t.id IS NOT NULL`,
    [
      principals.map((p) => p.agent.id),
      principals.map(({ via }) => (via.kind === 'session' ? via.sessionId : null)),
      principals.map(({ via }) => (via.kind === 'token' ? via.tokenId : null)),
      principals.map((p) => p.agent.role),
    ],
  );
  const alive = new Set(rows.map((row) => Number(row.position) - 1));
  return principals.filter((_, index) => !alive.has(index));
}
