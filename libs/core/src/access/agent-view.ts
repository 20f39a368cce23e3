import type { Agent as AgentView } from '@loket/contracts/access.js';
import type { Agent } from './agent.entity.js';
import { picturePath } from './picture-paths.js';

/** An agent as he and admins see him: everything but the password. */
export function agentView(agent: Agent): AgentView {
  const { id, email, name, role, locale, timeZone, disabledAt, picture, createdAt } = agent;
  return {
    id,
    email,
    name,
    role,
    locale,
    timeZone,
    disabled: disabledAt !== null,
    picture: picturePath(id, picture),
    createdAt: createdAt.toISOString(),
  };
}
