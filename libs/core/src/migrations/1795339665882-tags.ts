import type { MigrationInterface, QueryRunner } from 'typeorm';
export class Tags1795339665882 implements MigrationInterface {
  readonly name = 'Tags1795339665882';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "tag_replacements" ("id" uuid NOT NULL, "from_name" text NOT NULL, "to_name" text NOT NULL, "actor_id" uuid NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL, "done_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_a93c636e508ad04ff4efcd3b590" PRIMARY KEY ("id"))',
    );
    await queryRunner.query(
      'CREATE INDEX "tag_replacements_waiting" ON "tag_replacements"  ("id") WHERE done_at IS NULL',
    );
    await queryRunner.query(
      'CREATE TABLE "tags" ("id" uuid NOT NULL, "name" text NOT NULL, "colour" text NOT NULL, "description" text NOT NULL DEFAULT \'\', "archived_at" TIMESTAMP WITH TIME ZONE, "version" integer NOT NULL DEFAULT \'1\', "created_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "tags_colour" CHECK (colour IN (\'grey\', \'teal\', \'blue\', \'violet\', \'green\', \'orange\')), CONSTRAINT "PK_e7dc17249a1148a1970748eda99" PRIMARY KEY ("id"))',
    );
    await queryRunner.query('CREATE UNIQUE INDEX tags_name ON tags (lower(name))');
    await queryRunner.query(
      'ALTER TABLE "tag_replacements" ADD CONSTRAINT "FK_e868aa7bf42a323bc79fc8ee68a" FOREIGN KEY ("actor_id") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION',
    );
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'ALTER TABLE "tag_replacements" DROP CONSTRAINT "FK_e868aa7bf42a323bc79fc8ee68a"',
    );
    await queryRunner.query('DROP TABLE "tags"');
    await queryRunner.query('DROP INDEX "public"."tag_replacements_waiting"');
    await queryRunner.query('DROP TABLE "tag_replacements"');
  }
}
