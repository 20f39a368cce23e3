import type { MigrationInterface, QueryRunner } from 'typeorm';
export class Teams1795332000001 implements MigrationInterface {
  readonly name = 'Teams1795332000001';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "teams" ("id" uuid NOT NULL, "name" text NOT NULL, "routing" jsonb NOT NULL, "closed_at" TIMESTAMP WITH TIME ZONE, "version" integer NOT NULL DEFAULT \'1\', "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "UQ_48c0c32e6247a2de155baeaf980" UNIQUE ("name"), CONSTRAINT "PK_7e5523774a38b08a6236d322403" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE TABLE "agent_work" ("agent_id" uuid NOT NULL, "chosen" text NOT NULL DEFAULT \'online\', "availability" text NOT NULL DEFAULT \'offline\', "since" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "seen_at" TIMESTAMP WITH TIME ZONE, "active_at" TIMESTAMP WITH TIME ZONE, "given_at" TIMESTAMP WITH TIME ZONE, "limits" jsonb NOT NULL DEFAULT \'{"total":5,"byChannel":{}}\', "skills" text array NOT NULL DEFAULT \'{}\', "languages" text array NOT NULL DEFAULT \'{}\', CONSTRAINT "agent_work_availability" CHECK (availability IN (\'online\', \'away\', \'offline\')), CONSTRAINT "agent_work_chosen" CHECK (chosen IN (\'online\', \'away\', \'offline\')), CONSTRAINT "PK_9e8e153eaebb444d5ae430fbc59" PRIMARY KEY ("agent_id"))',
    );
    await queryRunner.query(
      'CREATE TABLE "team_members" ("team_id" uuid NOT NULL, "agent_id" uuid NOT NULL, CONSTRAINT "PK_7a277c7dc6cf898d9e8c1751b62" PRIMARY KEY ("team_id", "agent_id"))',
    );
    await queryRunner.query('CREATE INDEX "team_members_agent" ON "team_members"  ("agent_id") ');
    await queryRunner.query('ALTER TABLE "channels" ADD "team_id" uuid');
    await queryRunner.query('ALTER TABLE "cases" ADD "team_id" uuid');
    await queryRunner.query('ALTER TABLE "cases" ADD "assigned_at" TIMESTAMP WITH TIME ZONE');
    await queryRunner.query('ALTER TABLE "cases" ADD "queued_at" TIMESTAMP WITH TIME ZONE');
    await queryRunner.query('ALTER TABLE "cases" ADD "taken_from_id" uuid');
    await queryRunner.query(
      'CREATE INDEX "cases_view_team" ON "cases"  ("team_id", "status", "last_message_at", "id") ',
    );
    await queryRunner.query(
      `CREATE INDEX cases_unassigned ON cases (team_id, created_at)
       WHERE status = 'open' AND assignee_id IS NULL AND merged_into_id IS NULL AND team_id IS NOT NULL`,
    );
    await queryRunner.query(
      'ALTER TABLE "channels" ADD CONSTRAINT "FK_82ec8fc4ec07ccb4a35f8eb9abb" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "cases" ADD CONSTRAINT "FK_0bce677a6cc241748fe921545c3" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "cases" ADD CONSTRAINT "FK_ca9e87738cc50e4ea4e37dbb803" FOREIGN KEY ("taken_from_id") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "agent_work" ADD CONSTRAINT "FK_9e8e153eaebb444d5ae430fbc59" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "team_members" ADD CONSTRAINT "FK_fdad7d5768277e60c40e01cdcea" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "team_members" ADD CONSTRAINT "FK_afa34094cf8067ce8c42f325f6c" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE NO ACTION',
    );
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "team_members" DROP CONSTRAINT "FK_afa34094cf8067ce8c42f325f6c"');
    await queryRunner.query('ALTER TABLE "team_members" DROP CONSTRAINT "FK_fdad7d5768277e60c40e01cdcea"');
    await queryRunner.query('ALTER TABLE "agent_work" DROP CONSTRAINT "FK_9e8e153eaebb444d5ae430fbc59"');
    await queryRunner.query('ALTER TABLE "cases" DROP CONSTRAINT "FK_ca9e87738cc50e4ea4e37dbb803"');
    await queryRunner.query('ALTER TABLE "cases" DROP CONSTRAINT "FK_0bce677a6cc241748fe921545c3"');
    await queryRunner.query('ALTER TABLE "channels" DROP CONSTRAINT "FK_82ec8fc4ec07ccb4a35f8eb9abb"');
    await queryRunner.query('DROP INDEX "public"."cases_unassigned"');
    await queryRunner.query('DROP INDEX "public"."cases_view_team"');
    await queryRunner.query('ALTER TABLE "cases" DROP COLUMN "taken_from_id"');
    await queryRunner.query('ALTER TABLE "cases" DROP COLUMN "queued_at"');
    await queryRunner.query('ALTER TABLE "cases" DROP COLUMN "assigned_at"');
    await queryRunner.query('ALTER TABLE "cases" DROP COLUMN "team_id"');
    await queryRunner.query('ALTER TABLE "channels" DROP COLUMN "team_id"');
    await queryRunner.query('DROP INDEX "public"."team_members_agent"');
    await queryRunner.query('DROP TABLE "team_members"');
    await queryRunner.query('DROP TABLE "agent_work"');
    await queryRunner.query('DROP TABLE "teams"');
  }
}
