import type { MigrationInterface, QueryRunner } from 'typeorm';
export class Webchat1795320901302 implements MigrationInterface {
  readonly name = 'Webchat1795320901302';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "visitors" ("id" uuid NOT NULL, "channel_id" uuid NOT NULL, "subject" text, "name" text, "email" text, "email_proof" text, "phone" text, "phone_proof" text, "proven_by" text, "answers" jsonb NOT NULL DEFAULT \'{}\', "consent_at" TIMESTAMP WITH TIME ZONE, "language" text, "browser" text, "page" jsonb, "read_at" TIMESTAMP WITH TIME ZONE, "last_seen_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "visitors_subject" UNIQUE ("channel_id", "subject"), CONSTRAINT "visitors_email_proof" CHECK (email_proof IN (\'verified\', \'claimed\')), CONSTRAINT "PK_d0fd6e34a516c2bb3bbec71abde" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE TABLE "visitor_codes" ("id" uuid NOT NULL, "visitor_id" uuid NOT NULL, "address" text NOT NULL, "code_hash" text, "tries" integer NOT NULL DEFAULT \'0\', "expires_at" TIMESTAMP WITH TIME ZONE NOT NULL, "settled_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_409d0552162fde2336a388f83f9" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE INDEX "visitor_codes_address" ON "visitor_codes"  ("address", "created_at") ',
    );
    await queryRunner.query(
      'CREATE INDEX "visitor_codes_visitor" ON "visitor_codes"  ("visitor_id", "created_at") ',
    );
    await queryRunner.query(
      'CREATE TABLE "visitor_files" ("id" uuid NOT NULL, "visitor_id" uuid NOT NULL, "client_id" uuid NOT NULL, "sha256" text NOT NULL, "name" text NOT NULL, "media_type" text NOT NULL, "size" integer NOT NULL, "named_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "visitor_files_same" UNIQUE ("visitor_id", "client_id"), CONSTRAINT "PK_41eb4fe5dc8fd8ef579dc436e58" PRIMARY KEY ("id"))',
    );
    await queryRunner.query('CREATE INDEX "visitor_files_created_at" ON "visitor_files"  ("created_at") ');
    await queryRunner.query(
      'CREATE TABLE "visitor_tokens" ("id" uuid NOT NULL, "visitor_id" uuid NOT NULL, "origin" text NOT NULL, "token_hash" text NOT NULL, "parent_id" uuid, "used_at" TIMESTAMP WITH TIME ZONE, "dead_at" TIMESTAMP WITH TIME ZONE, "last_used_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "UQ_c259d115d991d173fb8f1540b00" UNIQUE ("token_hash"), CONSTRAINT "PK_38dfcdb39f9d594867edbdf0699" PRIMARY KEY ("id"))',
    );
    await queryRunner.query('CREATE INDEX "visitor_tokens_visitor_id" ON "visitor_tokens"  ("visitor_id") ');
    await queryRunner.query(
      'CREATE INDEX "visitor_tokens_last_used_at" ON "visitor_tokens"  ("last_used_at") ',
    );
    await queryRunner.query('ALTER TABLE "messages" ADD "copy_of_id" uuid');
    await queryRunner.query(
      'ALTER TABLE "visitors" ADD CONSTRAINT "FK_da6ac6a6f903844d6acd7e0b5cc" FOREIGN KEY ("channel_id") REFERENCES "channels"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "visitor_codes" ADD CONSTRAINT "FK_939b9a7504e12931b7fc8b48e5e" FOREIGN KEY ("visitor_id") REFERENCES "visitors"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "visitor_files" ADD CONSTRAINT "FK_ce9cdc40f99036784de5147bfcd" FOREIGN KEY ("visitor_id") REFERENCES "visitors"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "visitor_tokens" ADD CONSTRAINT "FK_9765042ceddf0f61ab324301192" FOREIGN KEY ("visitor_id") REFERENCES "visitors"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    // What TypeORM cannot say (the entity names this index with synchronize: false).
    await queryRunner.query(
      "CREATE INDEX messages_answers ON messages (channel_id, created_at) WHERE direction = 'outbound'",
    );
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX messages_answers');
    await queryRunner.query('ALTER TABLE "visitor_tokens" DROP CONSTRAINT "FK_9765042ceddf0f61ab324301192"');
    await queryRunner.query('ALTER TABLE "visitor_files" DROP CONSTRAINT "FK_ce9cdc40f99036784de5147bfcd"');
    await queryRunner.query('ALTER TABLE "visitor_codes" DROP CONSTRAINT "FK_939b9a7504e12931b7fc8b48e5e"');
    await queryRunner.query('ALTER TABLE "visitors" DROP CONSTRAINT "FK_da6ac6a6f903844d6acd7e0b5cc"');
    await queryRunner.query('ALTER TABLE "messages" DROP COLUMN "copy_of_id"');
    await queryRunner.query('DROP INDEX "public"."visitor_tokens_last_used_at"');
    await queryRunner.query('DROP INDEX "public"."visitor_tokens_visitor_id"');
    await queryRunner.query('DROP TABLE "visitor_tokens"');
    await queryRunner.query('DROP INDEX "public"."visitor_files_created_at"');
    await queryRunner.query('DROP TABLE "visitor_files"');
    await queryRunner.query('DROP INDEX "public"."visitor_codes_visitor"');
    await queryRunner.query('DROP INDEX "public"."visitor_codes_address"');
    await queryRunner.query('DROP TABLE "visitor_codes"');
    await queryRunner.query('DROP TABLE "visitors"');
  }
}
