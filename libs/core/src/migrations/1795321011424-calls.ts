import type { MigrationInterface, QueryRunner } from 'typeorm';
export class Calls1795321011424 implements MigrationInterface {
  readonly name = 'Calls1795321011424';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "call_drafts" ("agent_id" uuid NOT NULL, "draft" jsonb NOT NULL, "saved_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_63460041a02eec33d657aa1bbfa" PRIMARY KEY ("agent_id"))',
    );
    await queryRunner.query(
      'CREATE TABLE "ringing_calls" ("id" uuid NOT NULL, "channel_id" uuid NOT NULL, "call" jsonb NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_897fabfc374e5f2aa82bd24d124" PRIMARY KEY ("id"))',
    );
    await queryRunner.query('CREATE INDEX "ringing_calls_created_at" ON "ringing_calls"  ("created_at") ');
    await queryRunner.query('ALTER TABLE "cases" ADD "callback_since" TIMESTAMP WITH TIME ZONE');
    await queryRunner.query('ALTER TABLE "cases" ADD "callback_number" text');
    await queryRunner.query('ALTER TABLE "cases" ADD "callback_done_at" TIMESTAMP WITH TIME ZONE');
    await queryRunner.query('ALTER TABLE "messages" ADD "call" jsonb');
    await queryRunner.query(
      'ALTER TABLE "call_drafts" ADD CONSTRAINT "FK_63460041a02eec33d657aa1bbfa" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "ringing_calls" ADD CONSTRAINT "FK_41dacae6ac8392c9135291c15c6" FOREIGN KEY ("channel_id") REFERENCES "channels"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    // What TypeORM cannot say (the entity names these with synchronize: false): numbers by their first and last digits, as
    // they are typed.
    await queryRunner.query(
      "CREATE INDEX identities_number_starts ON identities (value text_pattern_ops) WHERE kind IN ('phone', 'whatsapp')",
    );
    await queryRunner.query(
      "CREATE INDEX identities_number_ends ON identities (reverse(value) text_pattern_ops) WHERE kind IN ('phone', 'whatsapp')",
    );
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX identities_number_ends');
    await queryRunner.query('DROP INDEX identities_number_starts');
    await queryRunner.query('ALTER TABLE "ringing_calls" DROP CONSTRAINT "FK_41dacae6ac8392c9135291c15c6"');
    await queryRunner.query('ALTER TABLE "call_drafts" DROP CONSTRAINT "FK_63460041a02eec33d657aa1bbfa"');
    await queryRunner.query('ALTER TABLE "messages" DROP COLUMN "call"');
    await queryRunner.query('ALTER TABLE "cases" DROP COLUMN "callback_done_at"');
    await queryRunner.query('ALTER TABLE "cases" DROP COLUMN "callback_number"');
    await queryRunner.query('ALTER TABLE "cases" DROP COLUMN "callback_since"');
    await queryRunner.query('DROP INDEX "public"."ringing_calls_created_at"');
    await queryRunner.query('DROP TABLE "ringing_calls"');
    await queryRunner.query('DROP TABLE "call_drafts"');
  }
}
