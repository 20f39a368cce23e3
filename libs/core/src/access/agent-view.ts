import type { Agent as AgentView } from '@loket/contracts/access.js';
import type { Agent } from './agent.entity.js';

/** An agent as he and admins see him: everything but the password. */
export function agentView(agent: Agent): AgentView {
  const { id, email, name, role, locale, timeZone, disabledAt, createdAt } = agent;
  return {
    id,
    email,
    name,
    role,
    locale,
    timeZone,
    disabled: disabledAt !== null,
    createdAt: createdAt.toISOString(),
  };
}
