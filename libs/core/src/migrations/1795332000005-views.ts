import type { MigrationInterface, QueryRunner } from 'typeorm';
export class Views1795332000005 implements MigrationInterface {
  readonly name = 'Views1795332000005';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "canned_answers" ("id" uuid NOT NULL, "shortcut" text NOT NULL, "title" text NOT NULL, "texts" jsonb NOT NULL, "attachments" jsonb NOT NULL DEFAULT \'[]\', "scope" text NOT NULL, "team_id" uuid, "owner_id" uuid NOT NULL, "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL, "version" integer NOT NULL DEFAULT \'1\', CONSTRAINT "canned_answers_scope" CHECK (scope IN (\'mine\', \'team\', \'all\') AND (scope = \'team\') = (team_id IS NOT NULL)), CONSTRAINT "PK_14bbca3c8064f783d1aa4586c5f" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE TABLE "saved_views" ("id" uuid NOT NULL, "owner_id" uuid NOT NULL, "name" text NOT NULL, "filter" jsonb NOT NULL, "shared" boolean NOT NULL DEFAULT false, "version" integer NOT NULL DEFAULT \'1\', "created_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_30acd4fbe2058d97631ab9bb2b6" PRIMARY KEY ("id"))',
    );
    await queryRunner.query('CREATE INDEX "saved_views_owner" ON "saved_views"  ("owner_id") ');
    await queryRunner.query(
      'ALTER TABLE "canned_answers" ADD CONSTRAINT "FK_1f19080365cad15c3f2ee9dc668" FOREIGN KEY ("team_id") REFERENCES "teams"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "canned_answers" ADD CONSTRAINT "FK_6ff80738a7afb8869aca4caf95c" FOREIGN KEY ("owner_id") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      'ALTER TABLE "saved_views" ADD CONSTRAINT "FK_fb53bdfa2c6a971a7a301046ff3" FOREIGN KEY ("owner_id") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
    await queryRunner.query(
      `CREATE UNIQUE INDEX canned_answers_shortcut ON canned_answers
       (shortcut, scope, coalesce(team_id, CASE WHEN scope = 'mine' THEN owner_id END, '00000000-0000-0000-0000-000000000000'))`,
    );
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE "saved_views" DROP CONSTRAINT "FK_fb53bdfa2c6a971a7a301046ff3"');
    await queryRunner.query('ALTER TABLE "canned_answers" DROP CONSTRAINT "FK_6ff80738a7afb8869aca4caf95c"');
    await queryRunner.query('ALTER TABLE "canned_answers" DROP CONSTRAINT "FK_1f19080365cad15c3f2ee9dc668"');
    await queryRunner.query('DROP INDEX "public"."saved_views_owner"');
    await queryRunner.query('DROP TABLE "saved_views"');
    await queryRunner.query('DROP TABLE "canned_answers"');
  }
}
