import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  type ListNotices,
  listNoticesQuery,
  type NoticePage,
  noticePageSchema,
  type ReadNotices,
  readNoticesSchema,
} from '@loket/contracts/notices.js';
import { type NoticePreferences, noticePreferencesSchema } from '@loket/contracts/notice-preferences.js';
import { CasesService } from '@loket/core/cases/cases.service.js';
import { NoticePreferencesService } from '@loket/core/notices/notice-preferences.service.js';
import { NoticesService } from '@loket/core/notices/notices.service.js';
import { Access } from '../access/access.decorator.js';
import { CurrentPrincipal, type Principal } from '../access/principal.js';
import { caseRefSchema } from '../cases/case-ref.js';
import { Operation } from '../http/operation.decorator.js';

@Controller()
export class NoticesController {
  constructor(
    private readonly notices: NoticesService,
    private readonly preferences: NoticePreferencesService,
    private readonly cases: CasesService,
  ) {}

  @Get('me/notices')
  @Access()
  @Operation({ summary: 'My news, newest first', answer: noticePageSchema })
  list(
    @CurrentPrincipal() me: Principal,
    @Query({ schema: listNoticesQuery }) query: ListNotices,
  ): Promise<NoticePage> {
    return this.notices.list(me.agent.id, query);
  }

  @Post('me/notices/read')
  @HttpCode(204)
  @Access({ scope: null })
  @Operation({ summary: 'I have read these, or all of a case, or all', answer: null })
  async read(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: readNoticesSchema }) body: ReadNotices,
  ): Promise<void> {
    await this.notices.read(me.agent.id, body);
  }

  @Get('me/notices/preferences')
  @Access()
  @Operation({ summary: 'How I hear of my news', answer: noticePreferencesSchema })
  wishes(@CurrentPrincipal() me: Principal): Promise<NoticePreferences> {
    return this.preferences.get(me.agent.id);
  }

  @Put('me/notices/preferences')
  @Access({ scope: null })
  @Operation({ summary: 'Change how I hear of my news', answer: noticePreferencesSchema })
  wish(
    @CurrentPrincipal() me: Principal,
    @Body({ schema: noticePreferencesSchema }) body: NoticePreferences,
  ): Promise<NoticePreferences> {
    return this.preferences.set(me.agent.id, body);
  }

  @Put('cases/:ref/follow')
  @HttpCode(204)
  @Access({ scope: null })
  @Operation({ summary: 'I want to hear of this case', answer: null })
  async follow(
    @CurrentPrincipal() me: Principal,
    @Param('ref', { schema: caseRefSchema }) ref: string,
  ): Promise<void> {
    await this.notices.follow(me.agent.id, await this.cases.resolve(ref));
  }

  @Delete('cases/:ref/follow')
  @HttpCode(204)
  @Access({ scope: null })
  @Operation({ summary: 'I do not want to hear of this case any more', answer: null })
  async unfollow(
    @CurrentPrincipal() me: Principal,
    @Param('ref', { schema: caseRefSchema }) ref: string,
  ): Promise<void> {
    await this.notices.unfollow(me.agent.id, await this.cases.resolve(ref));
  }
}
