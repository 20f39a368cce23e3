import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
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
import { idSchema, type Page } from '@loket/contracts/primitives.js';
import { TimelineService } from '@loket/core/cases/timeline.service.js';
import { CustomersService } from '@loket/core/customers/customers.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { Operation } from '../http/operation.decorator.js';

@Controller('customers')
export class CustomersController {
  constructor(
    private readonly customers: CustomersService,
    private readonly timelines: TimelineService,
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
  @Operation({ summary: 'One customer', answer: customerSchema })
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
    @Param('id', { schema: idSchema }) id: string,
    @Query({ schema: timelineQuery }) query: z.infer<typeof timelineQuery>,
  ): Promise<Page<TimelineItem>> {
    await this.customers.get(id);
    return this.timelines.ofCustomer(id, query);
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
    return this.customers.addIdentity(id, body, me.agent.id);
  }
}
