import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { type TimelineItem, timelinePageSchema, timelineQuery } from '@loket/contracts/cases.js';
import {
  type AddIdentity,
  addIdentitySchema,
  type Customer,
  customerPageSchema,
  customerSchema,
  listCustomersQuery,
  type UpdateCustomer,
  updateCustomerSchema,
} from '@loket/contracts/customers.js';
import {
  type CustomerOperation,
  customerOperationSchema,
  type MergeCustomer,
  mergeCustomerPreviewQuery,
  mergeCustomerSchema,
  type MergeCustomersPreview,
  mergeCustomersPreviewSchema,
} from '@loket/contracts/operations.js';
import { idSchema, type Page } from '@loket/contracts/primitives.js';
import { TimelineService } from '@loket/core/cases/timeline.service.js';
import { CustomersService } from '@loket/core/customers/customers.service.js';
import { CustomerOperations } from '@loket/core/operations/customer-operations.service.js';
import { IdentityOperations } from '@loket/core/operations/identity-operations.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Operation } from '../http/operation.decorator.js';

@Controller('customers')
export class CustomersController {
  constructor(
    private readonly customers: CustomersService,
    private readonly timelines: TimelineService,
    private readonly operations: CustomerOperations,
    private readonly identities: IdentityOperations,
  ) {}

  @Get()
  @Access()
  @Operation({ summary: 'List customers, or find them by name or address', answer: customerPageSchema })
  list(
    @Query({ schema: listCustomersQuery }) query: z.infer<typeof listCustomersQuery>,
  ): Promise<Page<Customer>> {
    return this.customers.list(query);
  }

  @Get(':id')
  @Access()
  @Operation({
    summary: 'One customer; a merged one is the one that he was merged into',
    answer: customerSchema,
  })
  get(@Param('id', { schema: idSchema }) id: string): Promise<Customer> {
    return this.customers.get(id);
  }

  @Patch(':id')
  @Access()
  @Operation({ summary: 'Rename a customer', answer: customerSchema })
  update(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: updateCustomerSchema }) body: UpdateCustomer,
  ): Promise<Customer> {
    return this.customers.update(id, body, me.agent.id);
  }

  @Get(':id/timeline')
  @Access()
  @Operation({ summary: 'Everything of one customer, over all cases', answer: timelinePageSchema })
  async timeline(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: timelineQuery }) query: z.infer<typeof timelineQuery>,
  ): Promise<Page<TimelineItem>> {
    return this.timelines.ofCustomer(await this.customers.resolve(id), query, me.agent.id);
  }

  @Post(':id/identities')
  @HttpCode(200)
  @Access()
  @Operation({
    summary: 'Add an address that the agent vouches for',
    description: 'An address of another customer: 409 `identity_taken`, `data.customerId` tells whose.',
    answer: customerSchema,
  })
  addIdentity(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: addIdentitySchema }) body: AddIdentity,
  ): Promise<Customer> {
    return this.identities.link(id, body, { actorId: me.agent.id });
  }

  @Delete(':id/identities/:identityId')
  @Access()
  @Operation({
    summary: 'Take an address from a customer',
    description:
      'One that nobody wrote from is removed. One with messages becomes a customer of its own (`operation.into`), with its ' +
      'messages and the cases in which nobody else wrote. Can be undone. The only one: 422 `last_identity`.',
    answer: customerOperationSchema,
  })
  removeIdentity(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Param('identityId', { schema: idSchema }) identityId: string,
  ): Promise<CustomerOperation> {
    return this.identities.unlink(id, identityId, { actorId: me.agent.id });
  }

  @Get(':id/merge-preview')
  @Access()
  @Operation({ summary: 'What a merge would make of two customers', answer: mergeCustomersPreviewSchema })
  preview(
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: mergeCustomerPreviewQuery }) { into }: z.infer<typeof mergeCustomerPreviewQuery>,
  ): Promise<MergeCustomersPreview> {
    return this.operations.mergePreview(id, into);
  }

  @Post(':id/merge')
  @HttpCode(200)
  @Access()
  @Operation({
    summary: 'Merge a customer into another',
    description:
      'His addresses, messages and cases go there, and his id leads there for ever. Can be undone exactly. With a stale ' +
      '`version`: 409 `version_conflict`.',
    answer: customerOperationSchema,
  })
  merge(
    @CurrentPrincipal() me: Principal,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: mergeCustomerSchema }) body: MergeCustomer,
  ): Promise<CustomerOperation> {
    return this.operations.merge(id, body, { actorId: me.agent.id });
  }
}
