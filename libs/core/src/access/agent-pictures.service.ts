import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { type Agent as AgentView, pictureLimits } from '@loket/contracts/access.js';
import { AppError } from '@loket/contracts/errors.js';
import type { BlobRef } from '@loket/contracts/primitives.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { SECRET } from '@loket/platform/secret.js';
import { EventLog } from '../events/event-log.js';
import { typeOfHead } from '../visitors/file-type.js';
import { agentView } from './agent-view.js';
import { Agent } from './agent.entity.js';
import { mayOpenPicture } from './picture-paths.js';
import { pictureSize } from './picture-size.js';
import type { Principal } from './principal.js';

/** Pictures of the people who work here. Colleagues see them, and the customers whom they answer in a chat. */
@Injectable()
export class AgentPictures {
  constructor(
    @InjectRepository(Agent) private readonly agents: Repository<Agent>,
    @Inject(SECRET) private readonly secret: string,
    private readonly blobs: BlobStore,
    private readonly events: EventLog,
  ) {}

  /**
   * Takes the place of the one before. The type is that of the bytes, whatever they are called; they are kept as they
   * are.
   *
   * @throws AppError `not_found` `agent_not_found`; `too_large` `picture_too_large`; `unprocessable` `picture_type`
   * `picture_size`
   */
  async set(
    actor: Principal,
    agentId: string,
    bytes: AsyncIterable<Uint8Array> & { truncated?: boolean },
  ): Promise<AgentView> {
    const whole = await readAll(bytes);
    const type = checkedType(whole);
    if (!(await this.agents.existsBy({ id: agentId }))) throw notFound();
    return this.change(actor, agentId, await this.blobs.put(whole, type));
  }

  /** Also when there is none. @throws AppError `not_found` `agent_not_found` */
  async remove(actor: Principal, agentId: string): Promise<void> {
    await this.change(actor, agentId, null);
  }

  /** @throws AppError `not_found` `picture_not_found`, also for an agent who is not there */
  async get(agentId: string): Promise<BlobRef> {
    const agent = await this.agents.findOneBy({ id: agentId });
    if (!agent?.picture) throw noPicture();
    return agent.picture;
  }

  /**
   * A picture by a path that visitors are given. Once nobody has it any longer, it is gone for them.
   * @throws AppError `not_found` `picture_not_found`, also when the path is not ours
   */
  async open(sha256: string, signature: string): Promise<BlobRef> {
    if (!mayOpenPicture(this.secret, sha256, signature)) throw noPicture();
    const [row]: { picture: BlobRef }[] = await this.agents.query(
      `SELECT picture FROM agents WHERE picture->>'sha256' = $1 LIMIT 1`,
      [sha256],
    );
    if (!row) throw noPicture();
    return row.picture;
  }

  private async change(actor: Principal, agentId: string, picture: BlobRef | null): Promise<AgentView> {
    const agent = await this.agents.manager.transaction(async (manager) => {
      const [found] = await manager.find(Agent, {
        where: { id: agentId },
        lock: { mode: 'pessimistic_write' },
      });
      if (!found) throw notFound();
      if (found.picture?.sha256 === picture?.sha256) return found;
      await manager.update(Agent, { id: agentId }, { picture });
      await this.events.append(manager, [
        {
          type: 'agent.picture_changed',
          caseId: null,
          version: null,
          actorId: actor.agent.id,
          data: { agentId },
        },
      ]);
      return Object.assign(found, { picture });
    });
    this.events.committed();
    return agentView(agent);
  }
}

async function readAll(bytes: AsyncIterable<Uint8Array> & { truncated?: boolean }): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.byteLength;
    if (size > pictureLimits.bytes) throw tooLarge();
    chunks.push(chunk);
  }
  if (bytes.truncated) throw tooLarge();
  return Buffer.concat(chunks);
}

function checkedType(bytes: Buffer): string {
  const type = pictureLimits.types.find((one) => one === typeOfHead(bytes.subarray(0, 64)));
  const size = type && pictureSize(bytes, type);
  if (!type || !size) throw new AppError('unprocessable', 'picture_type', 'a picture is a JPEG, PNG or WebP');
  const { leastSide, mostSide } = pictureLimits;
  const sides = [size.width, size.height];
  if (sides.some((side) => side < leastSide || side > mostSide))
    throw new AppError(
      'unprocessable',
      'picture_size',
      `each side of a picture has ${String(leastSide)} to ${String(mostSide)} pixels`,
    );
  return type;
}

function tooLarge(): AppError {
  return new AppError(
    'too_large',
    'picture_too_large',
    `a picture may have ${String(pictureLimits.bytes)} bytes`,
  );
}

function notFound(): AppError {
  return new AppError('not_found', 'agent_not_found', 'there is no such agent');
}

function noPicture(): AppError {
  return new AppError('not_found', 'picture_not_found', 'there is no such picture');
}
