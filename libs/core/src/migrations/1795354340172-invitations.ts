import type { MigrationInterface, QueryRunner } from 'typeorm';
export class Invitations1795354340172 implements MigrationInterface {
  readonly name = 'Invitations1795354340172';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "password_links" ("id" uuid NOT NULL, "agent_id" uuid NOT NULL, "made_by" uuid, "token_hash" text, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "expires_at" TIMESTAMP WITH TIME ZONE NOT NULL, "outcome" text, CONSTRAINT "UQ_66e3415c64e32460ee0c5cb5dd1" UNIQUE ("token_hash"), CONSTRAINT "password_links_outcome" CHECK (outcome IN (\'used\', \'ended\')), CONSTRAINT "PK_ac2d6833bc67a2684b10875ac4c" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE INDEX "password_links_agent" ON "password_links"  ("agent_id", "created_at") ',
    );
    await queryRunner.query(
      'CREATE TABLE "invitations" ("id" uuid NOT NULL, "email" text NOT NULL, "role" text NOT NULL, "team_ids" uuid array NOT NULL DEFAULT \'{}\', "locale" text NOT NULL, "invited_by" uuid NOT NULL, "link_id" uuid NOT NULL, "token_hash" text NOT NULL, "mail_token_hash" text, "mail" text NOT NULL DEFAULT \'none\', "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "sent_at" TIMESTAMP WITH TIME ZONE NOT NULL, "expires_at" TIMESTAMP WITH TIME ZONE NOT NULL, "outcome" text, CONSTRAINT "UQ_dd444ff679a695c7706bec8a17f" UNIQUE ("link_id"), CONSTRAINT "UQ_872ac94a64b3d44fc4b554780cd" UNIQUE ("token_hash"), CONSTRAINT "UQ_456d12616d10ed0fbc950da55d7" UNIQUE ("mail_token_hash"), CONSTRAINT "invitations_outcome" CHECK (outcome IN (\'accepted\', \'withdrawn\', \'expired\')), CONSTRAINT "invitations_mail" CHECK (mail IN (\'none\', \'sending\', \'sent\', \'failed\')), CONSTRAINT "invitations_role" CHECK (role IN (\'agent\', \'supervisor\', \'admin\')), CONSTRAINT "PK_5dec98cfdfd562e4ad3648bbb07" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE UNIQUE INDEX "invitations_open" ON "invitations"  ("email") WHERE outcome IS NULL',
    );
    await queryRunner.query(
      'ALTER TABLE "password_links" ADD CONSTRAINT "FK_9cae58ce2ea83d11c1dc6fab49a" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "password_links" ADD CONSTRAINT "FK_7c79422c50c977ea475e1a9f8e7" FOREIGN KEY ("made_by") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "invitations" ADD CONSTRAINT "FK_29b1cef6891d9b9d4e35f793b81" FOREIGN KEY ("invited_by") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "invitations" DROP CONSTRAINT "FK_29b1cef6891d9b9d4e35f793b81"');
    await queryRunner.query('ALTER TABLE "password_links" DROP CONSTRAINT "FK_7c79422c50c977ea475e1a9f8e7"');
    await queryRunner.query('ALTER TABLE "password_links" DROP CONSTRAINT "FK_9cae58ce2ea83d11c1dc6fab49a"');
    await queryRunner.query('DROP INDEX "public"."invitations_open"');
    await queryRunner.query('DROP TABLE "invitations"');
    await queryRunner.query('DROP INDEX "public"."password_links_agent"');
    await queryRunner.query('DROP TABLE "password_links"');
  }
}
