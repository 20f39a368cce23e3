import type { MigrationInterface, QueryRunner } from 'typeorm';
export class Push1795339727118 implements MigrationInterface {
  readonly name = 'Push1795339727118';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "notice_preferences" ("agent_id" uuid NOT NULL, "preferences" jsonb NOT NULL, CONSTRAINT "PK_bf5dce491ad3f644f1024f39c21" PRIMARY KEY ("agent_id"))',
    );
    await queryRunner.query(
      'CREATE TABLE "push_subscriptions" ("id" uuid NOT NULL, "agent_id" uuid NOT NULL, "session_id" uuid NOT NULL, "endpoint" text NOT NULL, "p256dh" text NOT NULL, "auth" text NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "UQ_0008bdfd174e533a3f98bf9af16" UNIQUE ("endpoint"), CONSTRAINT "PK_757fc8f00c34f66832668dc2e53" PRIMARY KEY ("id"))',
    );
    await queryRunner.query('CREATE INDEX "push_subscriptions_agent" ON "push_subscriptions"  ("agent_id") ');
    await queryRunner.query(
      'CREATE INDEX "push_subscriptions_session" ON "push_subscriptions"  ("session_id") ',
    );
    await queryRunner.query('ALTER TABLE "notices" ADD "push_at" TIMESTAMP WITH TIME ZONE');
    await queryRunner.query(
      'ALTER TABLE "notice_preferences" ADD CONSTRAINT "FK_bf5dce491ad3f644f1024f39c21" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "push_subscriptions" ADD CONSTRAINT "FK_98bbe68dea82c25e889d656aa25" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "push_subscriptions" ADD CONSTRAINT "FK_d1de1cf3978af9932b61f122913" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query('CREATE INDEX notices_push ON notices (push_at) WHERE push_at IS NOT NULL');
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'ALTER TABLE "push_subscriptions" DROP CONSTRAINT "FK_d1de1cf3978af9932b61f122913"',
    );
    await queryRunner.query(
      'ALTER TABLE "push_subscriptions" DROP CONSTRAINT "FK_98bbe68dea82c25e889d656aa25"',
    );
    await queryRunner.query(
      'ALTER TABLE "notice_preferences" DROP CONSTRAINT "FK_bf5dce491ad3f644f1024f39c21"',
    );
    await queryRunner.query('ALTER TABLE "notices" DROP COLUMN "push_at"');
    await queryRunner.query('DROP INDEX "public"."push_subscriptions_session"');
    await queryRunner.query('DROP INDEX "public"."push_subscriptions_agent"');
    await queryRunner.query('DROP TABLE "push_subscriptions"');
    await queryRunner.query('DROP TABLE "notice_preferences"');
  }
}
