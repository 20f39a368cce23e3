import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import type { EntityManager } from 'typeorm';
import { AppError } from '@loket/contracts/errors.js';
import type { CreateTag, Tag as TagView, TagUsage, UpdateTag } from '@loket/contracts/tags.js';
import { Clock } from '@loket/platform/clock.js';
import { uniqueViolation } from '@loket/platform/database/errors.js';
import { newId } from '@loket/platform/ids.js';
import { EventLog } from '../events/event-log.js';
import { Tag } from './tag.entity.js';
import { TagReplacements } from './tag-replacements.js';

/** The tags that the company has agreed on. */
@Injectable()
export class TagsService {
  constructor(
    @InjectEntityManager() private readonly manager: EntityManager,
    private readonly replacements: TagReplacements,
    private readonly events: EventLog,
    private readonly clock: Clock,
  ) {}

  /** All of them, archived ones too, by name. */
  async list(): Promise<TagView[]> {
    return read(this.manager, null);
  }

  /** Every word that stands on a case, those that stand on most first. */
  async usage(): Promise<TagUsage[]> {
    return this.manager.query<TagUsage[]>(
      `SELECT t.name, count(*)::int AS cases, (count(*) FILTER (WHERE c.status <> 'resolved'))::int AS open
       FROM cases c, unnest(c.tags) AS t(name)
       WHERE c.merged_into_id IS NULL AND c.tags <> '{}'
       GROUP BY t.name ORDER BY count(*) DESC, lower(t.name), t.name LIMIT 1000`,
    );
  }

  /** @throws AppError `conflict` `tag_name_taken` with the tag that has the name */
  async create(actorId: string, create: CreateTag): Promise<TagView> {
    const id = newId();
    return this.write(create.name, async (tx) => {
      await tx.insert(Tag, { ...create, id, archivedAt: null, createdAt: this.clock.now() });
      await this.tell(tx, id, actorId);
      return id;
    });
  }

  /**
   * Cases get another name in the background.
   * @throws AppError `not_found` `tag_not_found`; `conflict` `tag_name_taken`, `version_conflict` with the tag as it is
   */
  async update(actorId: string, id: string, { version, archived, ...fields }: UpdateTag): Promise<TagView> {
    return this.write(fields.name, async (tx) => {
      const tag = await tx.findOne(Tag, { where: { id }, lock: { mode: 'for_no_key_update' } });
      if (!tag) throw tagNotFound();
      if (version !== undefined && version !== tag.version) {
        throw new AppError('conflict', 'version_conflict', 'somebody else changed this tag meanwhile', {
          data: (await read(tx, id))[0],
        });
      }
      const name = fields.name ?? tag.name;
      await tx.update(Tag, id, {
        name,
        colour: fields.colour ?? tag.colour,
        description: fields.description ?? tag.description,
        archivedAt:
          archived === undefined ? tag.archivedAt : archived ? (tag.archivedAt ?? this.clock.now()) : null,
        version: tag.version + 1,
      });
      if (name !== tag.name) await this.replacements.ask(tx, tag.name, name, actorId);
      await this.tell(tx, id, actorId);
      return id;
    });
  }

  /**
   * Cases get the other tag in the background, and this one is gone at once.
   * @returns the other one
   * @throws AppError `not_found` `tag_not_found`; `unprocessable` `tag_into_itself`
   */
  async merge(actorId: string, id: string, intoId: string): Promise<TagView> {
    if (id === intoId) throw new AppError('unprocessable', 'tag_into_itself', 'choose another tag');
    return this.write(undefined, async (tx) => {
      const both = await tx.find(Tag, {
        where: [{ id }, { id: intoId }],
        order: { id: 'ASC' },
        lock: { mode: 'for_no_key_update' },
      });
      const [tag, into] = [both.find((one) => one.id === id), both.find((one) => one.id === intoId)];
      if (!tag || !into) throw tagNotFound();
      await tx.delete(Tag, { id });
      await this.replacements.ask(tx, tag.name, into.name, actorId);
      await this.tell(tx, intoId, actorId);
      return intoId;
    });
  }

  private tell(tx: EntityManager, tagId: string, actorId: string): Promise<void> {
    return this.events.append(tx, [
      { type: 'tag.updated', caseId: null, version: null, actorId, data: { tagId } },
    ]);
  }

  private async write(
    name: string | undefined,
    work: (tx: EntityManager) => Promise<string>,
  ): Promise<TagView> {
    try {
      const id = await this.manager.transaction(work);
      this.events.committed();
      await this.replacements.begin();
      const [tag] = await read(this.manager, id);
      if (!tag) throw tagNotFound();
      return tag;
    } catch (error) {
      if (uniqueViolation(error) === null || name === undefined) throw error;
      const [other] = (await this.list()).filter((one) => one.name.toLowerCase() === name.toLowerCase());
      throw new AppError('conflict', 'tag_name_taken', 'there is a tag of this name', {
        cause: error,
        data: other,
      });
    }
  }
}

function tagNotFound(): AppError {
  return new AppError('not_found', 'tag_not_found', 'there is no such tag');
}

type Row = Pick<Tag, 'id' | 'name' | 'colour' | 'description' | 'version'> & {
  archived: boolean;
  updating: boolean;
  created_at: Date;
};

async function read(manager: EntityManager, id: string | null): Promise<TagView[]> {
  const rows: Row[] = await manager.query(
    `SELECT t.id, t.name, t.colour, t.description, t.version, t.created_at, t.archived_at IS NOT NULL AS archived,
            EXISTS (SELECT FROM tag_replacements r WHERE r.to_name = t.name AND r.done_at IS NULL) AS updating
     FROM tags t WHERE $1::uuid IS NULL OR t.id = $1 ORDER BY lower(t.name), t.id`,
    [id],
  );
  return rows.map(({ created_at, ...tag }) => ({ ...tag, createdAt: created_at.toISOString() }));
}
