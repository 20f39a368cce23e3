import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The first schema: people, channels, customers, cases, messages, events, quarantine. */
export class Initial1795000000000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    // A function, because PostgreSQL rewrites the cast when it shows a default, and the drift check compares texts.
    await run.query(
      `CREATE FUNCTION current_tx() RETURNS bigint LANGUAGE sql VOLATILE PARALLEL UNSAFE AS 'SELECT pg_current_xact_id()::text::bigint'`,
    );
    await run.query(
      `CREATE TABLE "agents" ("id" uuid NOT NULL, "email" text NOT NULL, "name" text NOT NULL, "role" text NOT NULL, "password_hash" text NOT NULL, "locale" text NOT NULL DEFAULT 'id', "time_zone" text NOT NULL DEFAULT 'Asia/Jakarta', "disabled_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "UQ_5fdef501c63984b1b98abb1e68c" UNIQUE ("email"), CONSTRAINT "agents_role" CHECK (role IN ('agent', 'supervisor', 'admin')), CONSTRAINT "PK_9c653f28ae19c5884d5baf6a1d9" PRIMARY KEY ("id"))`,
    );
    await run.query(
      `CREATE TABLE "api_tokens" ("id" uuid NOT NULL, "agent_id" uuid NOT NULL, "name" text NOT NULL, "scopes" text array NOT NULL, "token_hash" text NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "last_used_at" TIMESTAMP WITH TIME ZONE, "revoked_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "UQ_bbd687a104e1921e6702c6e3aad" UNIQUE ("token_hash"), CONSTRAINT "PK_c587455266b5fa8dace7194caac" PRIMARY KEY ("id"))`,
    );
    await run.query(
      `CREATE TABLE "sessions" ("id" uuid NOT NULL, "agent_id" uuid NOT NULL, "token_hash" text NOT NULL, "ip" text, "user_agent" text, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "last_seen_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "expires_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "UQ_abaa9e068cdd390bc5210f79884" UNIQUE ("token_hash"), CONSTRAINT "PK_3238ef96f18b355b671619111bc" PRIMARY KEY ("id"))`,
    );
    await run.query(`CREATE INDEX "sessions_agent_id" ON "sessions" ("agent_id") `);
    await run.query(
      `CREATE TABLE "customers" ("id" uuid NOT NULL, "name" text, "version" integer NOT NULL DEFAULT '1', "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_133ec679a801fab5e070f73d3ea" PRIMARY KEY ("id"))`,
    );
    await run.query(
      `CREATE TABLE "cases" ("id" uuid NOT NULL, "number" BIGSERIAL NOT NULL, "subject" text NOT NULL, "status" text NOT NULL DEFAULT 'open', "priority" text NOT NULL DEFAULT 'normal', "assignee_id" uuid, "customer_id" uuid NOT NULL, "tags" text array NOT NULL DEFAULT '{}', "channel_kinds" text array NOT NULL DEFAULT '{}', "preview" text NOT NULL DEFAULT '', "last_direction" text, "message_count" integer NOT NULL DEFAULT '0', "waiting_since" TIMESTAMP WITH TIME ZONE, "snoozed_until" TIMESTAMP WITH TIME ZONE, "last_message_at" TIMESTAMP WITH TIME ZONE NOT NULL, "resolved_at" TIMESTAMP WITH TIME ZONE, "version" integer NOT NULL DEFAULT '1', "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "UQ_ae60d858083bc354a00442863bd" UNIQUE ("number"), CONSTRAINT "cases_priority" CHECK (priority IN ('low', 'normal', 'high', 'urgent')), CONSTRAINT "cases_status" CHECK (status IN ('open', 'pending', 'resolved')), CONSTRAINT "PK_264acb3048c240fb89aa34626db" PRIMARY KEY ("id"))`,
    );
    await run.query(`CREATE INDEX "cases_customer" ON "cases" ("customer_id", "status") `);
    await run.query(
      `CREATE INDEX "cases_view_assignee" ON "cases" ("assignee_id", "status", "last_message_at", "id") `,
    );
    await run.query(`CREATE INDEX "cases_view_waiting" ON "cases" ("status", "waiting_since", "id") `);
    await run.query(`CREATE INDEX "cases_view" ON "cases" ("status", "last_message_at", "id") `);
    await run.query(
      `CREATE TABLE "channels" ("id" uuid NOT NULL, "kind" text NOT NULL, "name" text NOT NULL, "address" text, "enabled" boolean NOT NULL DEFAULT true, "config" jsonb NOT NULL, "secrets" text, "status" text NOT NULL DEFAULT 'connecting', "status_code" text, "status_detail" text, "status_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "lease_owner" text, "lease_expires_at" TIMESTAMP WITH TIME ZONE, "version" integer NOT NULL DEFAULT '1', "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "channels_kind" CHECK (kind IN ('email', 'whatsapp', 'webchat', 'phone')), CONSTRAINT "PK_bc603823f3f741359c2339389f9" PRIMARY KEY ("id"))`,
    );
    await run.query(
      `CREATE TABLE "threads" ("id" uuid NOT NULL, "channel_id" uuid NOT NULL, "case_id" uuid NOT NULL, "conversation" text, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "threads_conversation" UNIQUE ("channel_id", "conversation"), CONSTRAINT "PK_d8a74804c34fc3900502cd27275" PRIMARY KEY ("id"))`,
    );
    await run.query(`CREATE INDEX "threads_case_id" ON "threads" ("case_id") `);
    await run.query(
      `CREATE TABLE "thread_refs" ("ref" text NOT NULL, "thread_id" uuid NOT NULL, CONSTRAINT "PK_70a1b9d78fa0cab8a5d2fa4669f" PRIMARY KEY ("ref", "thread_id"))`,
    );
    await run.query(`CREATE INDEX "thread_refs_thread_id" ON "thread_refs" ("thread_id") `);
    await run.query(
      `CREATE TABLE "adapter_kinds" ("kind" text NOT NULL, "capabilities" jsonb NOT NULL, "announced_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_047969a5f18eba9989e55b1ae4b" PRIMARY KEY ("kind"))`,
    );
    await run.query(
      `CREATE TABLE "channel_cursors" ("channel_id" uuid NOT NULL, "key" text NOT NULL, "value" jsonb NOT NULL, CONSTRAINT "PK_251308812f9d0300da173ad0869" PRIMARY KEY ("channel_id", "key"))`,
    );
    await run.query(
      `CREATE TABLE "identities" ("id" uuid NOT NULL, "customer_id" uuid NOT NULL, "kind" text NOT NULL, "value" text NOT NULL, "verbatim" text NOT NULL, "proof" text NOT NULL, "resolves" boolean NOT NULL DEFAULT true, "source" text NOT NULL, "evidence" text array NOT NULL DEFAULT '{}', "undeliverable_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "identities_proof" CHECK (proof IN ('verified', 'claimed')), CONSTRAINT "PK_7b2f8cccf4ac6a2d7e6e9e8b1f6" PRIMARY KEY ("id"))`,
    );
    await run.query(`CREATE INDEX "identities_customer_id" ON "identities" ("customer_id") `);
    await run.query(`CREATE INDEX "identities_kind_value" ON "identities" ("kind", "value") `);
    await run.query(
      `CREATE TABLE "events" ("id" bigint GENERATED ALWAYS AS IDENTITY NOT NULL, "tx" bigint NOT NULL DEFAULT current_tx(), "type" text NOT NULL, "case_id" uuid, "version" integer, "actor_id" uuid, "data" jsonb NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_40731c7151fe4be3116e45ddf73" PRIMARY KEY ("id"))`,
    );
    await run.query(`CREATE INDEX "events_case" ON "events" ("case_id", "id") `);
    await run.query(`CREATE INDEX "events_log" ON "events" ("tx", "id") `);
    await run.query(
      `CREATE TABLE "idempotency_keys" ("owner_id" uuid NOT NULL, "key" text NOT NULL, "request_hash" text NOT NULL, "status" integer, "body" jsonb, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_927e4a7018cbe5a6068f7f259f8" PRIMARY KEY ("owner_id", "key"))`,
    );
    await run.query(`CREATE INDEX "idempotency_keys_created_at" ON "idempotency_keys" ("created_at") `);
    await run.query(
      `CREATE TABLE "messages" ("id" uuid NOT NULL, "case_id" uuid NOT NULL, "thread_id" uuid NOT NULL, "channel_id" uuid NOT NULL, "customer_id" uuid NOT NULL, "identity_id" uuid NOT NULL, "direction" text NOT NULL, "external_id" text, "agent_id" uuid, "sender" jsonb NOT NULL, "recipients" jsonb NOT NULL DEFAULT '[]', "subject" text, "text" text NOT NULL, "quoted" text, "html" text, "automatic" text, "bounce" jsonb, "match_rule" text, "match_score" real, "match_evidence" jsonb, "warnings" text array NOT NULL DEFAULT '{}', "raw_sha256" text, "sent_at" TIMESTAMP WITH TIME ZONE NOT NULL, "state" text, "state_reason" text, "state_detail" text, "state_at" TIMESTAMP WITH TIME ZONE, "attempts" integer NOT NULL DEFAULT '0', "bounced_by_id" uuid, "version" integer NOT NULL DEFAULT '1', "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "messages_external_id" UNIQUE ("channel_id", "external_id"), CONSTRAINT "messages_direction" CHECK (direction IN ('inbound', 'outbound')), CONSTRAINT "PK_18325f38ae6de43878487eff986" PRIMARY KEY ("id"))`,
    );
    await run.query(`CREATE INDEX "messages_thread_id" ON "messages" ("thread_id") `);
    await run.query(`CREATE INDEX "messages_customer_id" ON "messages" ("customer_id") `);
    await run.query(`CREATE INDEX "messages_timeline" ON "messages" ("case_id", "created_at", "id") `);
    await run.query(
      `CREATE TABLE "notes" ("id" uuid NOT NULL, "case_id" uuid NOT NULL, "agent_id" uuid NOT NULL, "text" text NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_af6206538ea96c4e77e9f400c3d" PRIMARY KEY ("id"))`,
    );
    await run.query(`CREATE INDEX "notes_timeline" ON "notes" ("case_id", "created_at", "id") `);
    await run.query(
      `CREATE TABLE "attachments" ("id" uuid NOT NULL, "message_id" uuid, "note_id" uuid, "position" integer NOT NULL, "sha256" text NOT NULL, "name" text NOT NULL, "media_type" text NOT NULL, "size" bigint NOT NULL, "content_id" text, "inline" boolean NOT NULL DEFAULT false, CONSTRAINT "attachments_owner" CHECK ((message_id IS NULL) <> (note_id IS NULL)), CONSTRAINT "PK_5e1f050bcff31e3084a1d662412" PRIMARY KEY ("id"))`,
    );
    await run.query(`CREATE INDEX "attachments_message_id" ON "attachments" ("message_id") `);
    await run.query(`CREATE INDEX "attachments_note_id" ON "attachments" ("note_id") `);
    await run.query(
      `CREATE TABLE "quarantine_entries" ("id" uuid NOT NULL, "channel_id" uuid NOT NULL, "key" text NOT NULL, "state" text NOT NULL DEFAULT 'waiting', "code" text NOT NULL, "reason" text NOT NULL, "attempts" integer NOT NULL, "raw_sha256" text, "raw_size" bigint, "raw_media_type" text, "subject" text, "sender" text, "message" jsonb, "message_id" uuid, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "last_tried_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "quarantine_entries_state" CHECK (state IN ('waiting', 'replayed', 'dismissed')), CONSTRAINT "PK_77994637838c00a98339925ce35" PRIMARY KEY ("id"))`,
    );
    await run.query(
      `CREATE INDEX "quarantine_entries_list" ON "quarantine_entries" ("state", "created_at", "id") `,
    );
    await run.query(
      `ALTER TABLE "api_tokens" ADD CONSTRAINT "FK_405d7e352fd24b2548b064a5a6c" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await run.query(
      `ALTER TABLE "sessions" ADD CONSTRAINT "FK_c0c9d3a7dab65bd5e398e317188" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await run.query(
      `ALTER TABLE "cases" ADD CONSTRAINT "FK_1e03d7426e634bc22f7241ebfba" FOREIGN KEY ("assignee_id") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await run.query(
      `ALTER TABLE "cases" ADD CONSTRAINT "FK_7a1c3dfb1bba433e1766d51d3ee" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await run.query(
      `ALTER TABLE "threads" ADD CONSTRAINT "FK_f243629e02b72bf5b6ea655358f" FOREIGN KEY ("channel_id") REFERENCES "channels"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await run.query(
      `ALTER TABLE "threads" ADD CONSTRAINT "FK_c56579fca75ababf21aa5b8622c" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await run.query(
      `ALTER TABLE "thread_refs" ADD CONSTRAINT "FK_93cdcb1db2a7a4406b788b17187" FOREIGN KEY ("thread_id") REFERENCES "threads"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await run.query(
      `ALTER TABLE "channel_cursors" ADD CONSTRAINT "FK_2511649ccaa3dacb93a02580c25" FOREIGN KEY ("channel_id") REFERENCES "channels"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await run.query(
      `ALTER TABLE "identities" ADD CONSTRAINT "FK_28172ca1fd30da482ea285ae8a9" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await run.query(
      `ALTER TABLE "messages" ADD CONSTRAINT "FK_10c1ee76e73d2b25b7ca6d5312b" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await run.query(
      `ALTER TABLE "messages" ADD CONSTRAINT "FK_bb3af7f695d50083e6523290d41" FOREIGN KEY ("thread_id") REFERENCES "threads"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await run.query(
      `ALTER TABLE "messages" ADD CONSTRAINT "FK_86b9109b155eb70c0a2ca3b4b6d" FOREIGN KEY ("channel_id") REFERENCES "channels"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await run.query(
      `ALTER TABLE "messages" ADD CONSTRAINT "FK_9329a2ad0afbd9eb3e297628a92" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await run.query(
      `ALTER TABLE "messages" ADD CONSTRAINT "FK_a6866eb28b658733340439d3779" FOREIGN KEY ("identity_id") REFERENCES "identities"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await run.query(
      `ALTER TABLE "messages" ADD CONSTRAINT "FK_80491b9bf9dd087246f6de958c8" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await run.query(
      `ALTER TABLE "notes" ADD CONSTRAINT "FK_04ef7a289a039495d38e705d022" FOREIGN KEY ("case_id") REFERENCES "cases"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await run.query(
      `ALTER TABLE "notes" ADD CONSTRAINT "FK_3f8b6a595ac14661f5d5d38d742" FOREIGN KEY ("agent_id") REFERENCES "agents"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await run.query(
      `ALTER TABLE "attachments" ADD CONSTRAINT "FK_623e10eec51ada466c5038979e3" FOREIGN KEY ("message_id") REFERENCES "messages"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await run.query(
      `ALTER TABLE "attachments" ADD CONSTRAINT "FK_ed5d063daa36e150057dcc7f318" FOREIGN KEY ("note_id") REFERENCES "notes"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );
    await run.query(
      `ALTER TABLE "quarantine_entries" ADD CONSTRAINT "FK_cac884f6c926e70eb007327ccc1" FOREIGN KEY ("channel_id") REFERENCES "channels"("id") ON DELETE NO ACTION ON UPDATE NO ACTION`,
    );

    // What TypeORM cannot say (the entities name these indexes with synchronize: false).
    await run.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
    // At most one row decides whose a message from an address is.
    await run.query('CREATE UNIQUE INDEX identities_resolves ON identities (kind, value) WHERE resolves');
    await run.query('CREATE INDEX identities_value_trgm ON identities USING gin (value gin_trgm_ops)');
    await run.query('CREATE INDEX customers_name_trgm ON customers USING gin (name gin_trgm_ops)');
    // The outbox sweep looks only at what has not left yet.
    await run.query(
      `CREATE INDEX messages_outbox ON messages (state_at) WHERE state IN ('pending', 'sending')`,
    );
    // 100,000 characters bound both the cost and the size of a vector (1 MB at most).
    await run.query(
      `CREATE INDEX messages_search ON messages USING gin (to_tsvector('simple', left(coalesce(subject, '') || ' ' || text, 100000)))`,
    );
    // The few that sleep, for the one who wakes them.
    await run.query(`CREATE INDEX cases_snoozed ON cases (snoozed_until) WHERE snoozed_until IS NOT NULL`);
    await run.query(
      `CREATE UNIQUE INDEX quarantine_entries_key ON quarantine_entries (channel_id, key) WHERE state = 'waiting'`,
    );
    // Four digits from the start, so that #1 never stands for a case.
    await run.query('ALTER SEQUENCE cases_number_seq RESTART WITH 1001');
  }

  /** There is nothing before the first schema. */
  async down(run: QueryRunner): Promise<void> {
    const tables = (await run.query(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'migrations'`,
    )) as { name: string }[];
    for (const { name } of tables) await run.query(`DROP TABLE "${name}" CASCADE`);
    await run.query('DROP FUNCTION current_tx()');
  }
}
