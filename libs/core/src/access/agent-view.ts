import type { Agent as AgentView } from '@loket/contracts/access.js';
import { preferencesSchema } from '@loket/contracts/preferences.js';
import type { Agent } from './agent.entity.js';
import { picturePath } from './picture-paths.js';

/** An agent as he and admins see him: everything but the password. */
export function agentView(agent: Agent): AgentView {
  const {
    id,
    email,
    name,
    role,
    locale,
    timeZone,
    title,
    phone,
    disabledAt,
    picture,
    secondFactor,
    createdAt,
  } = agent;
  return {
    id,
    email,
    name,
    role,
    locale,
    timeZone,
    title,
    phone,
    disabled: disabledAt !== null,
    picture: picturePath(id, picture),
    secondFactor,
    preferences: preferencesSchema.parse(agent.preferences),
    createdAt: createdAt.toISOString(),
  };
}
