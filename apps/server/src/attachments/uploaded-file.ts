import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { AppError } from '@loket/contracts/errors.js';
import { maxUploadBytes } from '@loket/core/messages/uploads.js';

/** Lets routes take files as multipart/form-data. Call it before routes exist. */
export async function acceptUploads(app: NestFastifyApplication): Promise<void> {
  await app.register(multipart, {
    limits: { fileSize: maxUploadBytes, files: 1, fields: 5, fieldSize: 1_000, parts: 6, headerPairs: 50 },
    throwFileSizeLimit: false,
  });
}

/**
 * Runs `store` over the one file of a request while it comes in.
 * @throws AppError `invalid` `file_missing` `malformed_upload`, `too_large` `file_too_large`
 */
export async function withUploadedFile<T>(
  request: FastifyRequest,
  store: (file: {
    bytes: NodeJS.ReadableStream & AsyncIterable<Uint8Array>;
    name: string;
    mediaType: string;
    /** what came before the file; only texts */
    fields: Record<string, string>;
  }) => Promise<T>,
): Promise<T> {
  if (!request.isMultipart()) {
    throw new AppError(
      'invalid',
      'file_missing',
      'send one file as multipart/form-data, in the field "file"',
    );
  }
  const part = await request.file().catch((cause: unknown) => {
    throw new AppError('invalid', 'malformed_upload', 'the upload cannot be read', { cause });
  });
  if (!part) throw new AppError('invalid', 'file_missing', 'there is no file in the upload');
  const fields = Object.fromEntries(
    Object.entries(part.fields).flatMap(([name, field]) =>
      field && 'value' in field && typeof field.value === 'string' ? [[name, field.value]] : [],
    ),
  );
  return store({ bytes: part.file, name: plainName(part.filename), mediaType: part.mimetype, fields });
}

/** Browsers write these three characters of a name so, and no others (HTML, "multipart/form-data encoding algorithm"). */
function plainName(name: string): string {
  return name.replaceAll('%22', '"').replace(/%0[AD]/gi, '');
}
