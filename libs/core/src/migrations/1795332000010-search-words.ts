import type { MigrationInterface, QueryRunner } from 'typeorm';
export class SearchWords1795332000010 implements MigrationInterface {
  readonly name = 'SearchWords1795332000010';
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE "search_words" ("word" text NOT NULL, CONSTRAINT "PK_search_words" PRIMARY KEY ("word"))',
    );
    await queryRunner.query('CREATE INDEX search_words_trgm ON search_words USING gin (word gin_trgm_ops)');
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE "search_words"');
    await queryRunner.query(`DELETE FROM settings WHERE key = 'search_words'`);
  }
}
