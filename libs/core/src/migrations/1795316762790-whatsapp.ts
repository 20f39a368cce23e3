import type { MigrationInterface, QueryRunner } from 'typeorm';
export class Whatsapp1795316762790 implements MigrationInterface {
  readonly name = 'Whatsapp1795316762790';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "message_changes" ("id" uuid NOT NULL, "channel_id" uuid NOT NULL, "external_id" text NOT NULL, "type" text NOT NULL, "by_key" text NOT NULL, "content" text NOT NULL, "by" jsonb, "text" text, "emoji" text, "at" TIMESTAMP WITH TIME ZONE NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "message_changes_same" UNIQUE ("channel_id", "external_id", "type", "by_key", "at", "content"), CONSTRAINT "PK_56b4e05385c6865e3b572a0d9b5" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE TABLE "webhook_calls" ("id" uuid NOT NULL, "channel_id" uuid NOT NULL, "sha256" text NOT NULL, "media_type" text NOT NULL, "bytes" bytea NOT NULL, "attempts" integer NOT NULL DEFAULT \'0\', "due_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "received_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "webhook_calls_same" UNIQUE ("channel_id", "sha256"), CONSTRAINT "PK_f95565b2faa4e2c154873967e8a" PRIMARY KEY ("id"))',
    );
    await queryRunner.query('CREATE INDEX "webhook_calls_due" ON "webhook_calls"  ("due_at") ');
    await queryRunner.query('ALTER TABLE "adapter_kinds" ADD "by_section" jsonb NOT NULL DEFAULT \'{}\'');
    await queryRunner.query('ALTER TABLE "messages" ADD "quotes_external_id" text');
    await queryRunner.query('ALTER TABLE "messages" ADD "template" jsonb');
    await queryRunner.query(
      'ALTER TABLE "message_changes" ADD CONSTRAINT "FK_63d873c4e683a2a72e31a5b1b81" FOREIGN KEY ("channel_id") REFERENCES "channels"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "webhook_calls" ADD CONSTRAINT "FK_1d80533d281b2d217ad1afe9b7d" FOREIGN KEY ("channel_id") REFERENCES "channels"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    // What TypeORM cannot say (the entity names this index with synchronize: false).
    await queryRunner.query(
      "CREATE INDEX messages_last_inbound ON messages (identity_id, channel_id, least(sent_at, created_at)) WHERE direction = 'inbound'",
    );
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX messages_last_inbound');
    await queryRunner.query('ALTER TABLE "webhook_calls" DROP CONSTRAINT "FK_1d80533d281b2d217ad1afe9b7d"');
    await queryRunner.query('ALTER TABLE "message_changes" DROP CONSTRAINT "FK_63d873c4e683a2a72e31a5b1b81"');
    await queryRunner.query('ALTER TABLE "messages" DROP COLUMN "template"');
    await queryRunner.query('ALTER TABLE "messages" DROP COLUMN "quotes_external_id"');
    await queryRunner.query('ALTER TABLE "adapter_kinds" DROP COLUMN "by_section"');
    await queryRunner.query('DROP INDEX "webhook_calls_due"');
    await queryRunner.query('DROP TABLE "webhook_calls"');
    await queryRunner.query('DROP TABLE "message_changes"');
  }
}
