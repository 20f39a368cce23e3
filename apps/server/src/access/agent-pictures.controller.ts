import { Controller, Delete, Get, HttpCode, Param, Put, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Agent, agentSchema, pictureLimits } from '@loket/contracts/access.js';
import { idSchema } from '@loket/contracts/primitives.js';
import { AgentPictures } from '@loket/core/access/agent-pictures.service.js';
import { pictureVersion } from '@loket/core/access/picture-paths.js';
import { BlobStore } from '@loket/platform/blobs/blob-store.js';
import { sendFile } from '../attachments/send-file.js';
import { withUploadedFile } from '../attachments/uploaded-file.js';
import { Operation } from '../http/operation.decorator.js';
import { NotRepeatable } from '../idempotency/not-repeatable.decorator.js';
import { Access } from './access.decorator.js';
import { CurrentPrincipal, type Principal } from './principal.js';

const { bytes, leastSide, mostSide } = pictureLimits;
const description = `One file in the field \`file\`: JPEG, PNG or WebP by its bytes, up to ${String(bytes / 1024)} KB, each side ${String(leastSide)} to ${String(mostSide)} pixels, shown as a square. Kept as it is: take out what its metadata tells before you send it.`;
const versionQuery = z.strictObject({ v: z.string().max(64).optional() });

@Controller()
export class AgentPicturesController {
  constructor(
    private readonly pictures: AgentPictures,
    private readonly blobs: BlobStore,
  ) {}

  @Put('me/picture')
  @Access({ scope: null })
  @NotRepeatable('the same picture again changes nothing')
  @Operation({
    summary: 'Set my picture',
    description,
    accepts: 'multipart/form-data',
    answer: agentSchema,
  })
  setMine(@CurrentPrincipal() me: Principal, @Req() request: FastifyRequest): Promise<Agent> {
    return withUploadedFile(request, (file) => this.pictures.set(me, me.agent.id, file.bytes));
  }

  @Delete('me/picture')
  @HttpCode(204)
  @Access({ scope: null })
  @Operation({ summary: 'Remove my picture', answer: null })
  async removeMine(@CurrentPrincipal() me: Principal): Promise<void> {
    await this.pictures.remove(me, me.agent.id);
  }

  @Put('agents/:id/picture')
  @Access({ role: 'admin' })
  @NotRepeatable('the same picture again changes nothing')
  @Operation({
    summary: 'Set the picture of an agent',
    description,
    accepts: 'multipart/form-data',
    answer: agentSchema,
  })
  set(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Req() request: FastifyRequest,
  ): Promise<Agent> {
    return withUploadedFile(request, (file) => this.pictures.set(me, id, file.bytes));
  }

  @Delete('agents/:id/picture')
  @HttpCode(204)
  @Access({ role: 'admin' })
  @Operation({ summary: 'Remove the picture of an agent', answer: null })
  async remove(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<void> {
    await this.pictures.remove(me, id);
  }

  @Get('agents/:id/picture')
  @Access()
  @Operation({
    summary: 'The picture of an agent',
    description: 'With the version that his `picture` names it may be kept for good.',
    answer: 'image/*',
  })
  async show(
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: versionQuery }) { v }: z.infer<typeof versionQuery>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const picture = await this.pictures.get(id);
    // Under an older version comes today's picture too, but nobody shall remember it as that one.
    const cache =
      v === pictureVersion(picture) ? 'private, max-age=31536000, immutable' : 'private, no-cache';
    await sendFile(reply, this.blobs, { ...picture, name: 'picture' }, undefined, cache);
  }
}
