import type { MigrationInterface, QueryRunner } from 'typeorm';
export class Notices1795332000004 implements MigrationInterface {
  readonly name = 'Notices1795332000004';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "case_followers" ("case_id" uuid NOT NULL, "agent_id" uuid NOT NULL, "since" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_91d1db4d879e9b6436d30dfc8cb" PRIMARY KEY ("case_id", "agent_id"))',
    );
    await queryRunner.query('CREATE INDEX "case_followers_agent" ON "case_followers"  ("agent_id") ');
    await queryRunner.query(
      'CREATE TABLE "notices" ("id" uuid NOT NULL, "agent_id" uuid NOT NULL, "event_id" bigint NOT NULL, "kind" text NOT NULL, "case_id" uuid NOT NULL, "actor_id" uuid, "note_id" uuid, "to_id" uuid, "routing" text, "reason" text, "at" TIMESTAMP WITH TIME ZONE NOT NULL, "read_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "notices_once" UNIQUE ("agent_id", "event_id"), CONSTRAINT "PK_3eb18c29da25d6935fcbe584237" PRIMARY KEY ("id"))',
    );
    await queryRunner.query('CREATE INDEX "notices_list" ON "notices"  ("agent_id", "at", "id") ');
    await queryRunner.query('ALTER TABLE "notes" ADD "mentions" uuid array NOT NULL DEFAULT \'{}\'');
    await queryRunner.query('ALTER TABLE "notes" ADD "to_agent_id" uuid');
    await queryRunner.query(
      'ALTER TABLE "notes" ADD CONSTRAINT "FK_fd5e63d09fefaa17a1c6b01771a" FOREIGN KEY ("to_agent_id") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "case_followers" ADD CONSTRAINT "FK_5b4ea5ea8edad87cc5f262a3e7b" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "case_followers" ADD CONSTRAINT "FK_d72a33301b4bc4d2a1efaf5aacd" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "notices" ADD CONSTRAINT "FK_ce68fb517a78094d4937afea747" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "notices" ADD CONSTRAINT "FK_083cffe29a99a2171c3505f324a" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "notices" ADD CONSTRAINT "FK_f07bb4f8f0c8e1bb3220e5b6e59" FOREIGN KEY ("actor_id") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'CREATE INDEX notices_unread ON notices (agent_id, case_id) WHERE read_at IS NULL',
    );
    await queryRunner.query(
      "CREATE INDEX notices_mentions ON notices (agent_id, case_id) WHERE kind IN ('mention', 'whisper')",
    );
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "notices" DROP CONSTRAINT "FK_f07bb4f8f0c8e1bb3220e5b6e59"');
    await queryRunner.query('ALTER TABLE "notices" DROP CONSTRAINT "FK_083cffe29a99a2171c3505f324a"');
    await queryRunner.query('ALTER TABLE "notices" DROP CONSTRAINT "FK_ce68fb517a78094d4937afea747"');
    await queryRunner.query('ALTER TABLE "case_followers" DROP CONSTRAINT "FK_d72a33301b4bc4d2a1efaf5aacd"');
    await queryRunner.query('ALTER TABLE "case_followers" DROP CONSTRAINT "FK_5b4ea5ea8edad87cc5f262a3e7b"');
    await queryRunner.query('ALTER TABLE "notes" DROP CONSTRAINT "FK_fd5e63d09fefaa17a1c6b01771a"');
    await queryRunner.query('ALTER TABLE "notes" DROP COLUMN "to_agent_id"');
    await queryRunner.query('ALTER TABLE "notes" DROP COLUMN "mentions"');
    await queryRunner.query('DROP INDEX "public"."notices_list"');
    await queryRunner.query('DROP TABLE "notices"');
    await queryRunner.query('DROP INDEX "public"."case_followers_agent"');
    await queryRunner.query('DROP TABLE "case_followers"');
  }
}
