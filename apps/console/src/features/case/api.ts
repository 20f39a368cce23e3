import type {
  CreateNote,
  CreateReply,
  TimelineItem,
  TimelineMessage,
  Upload,
} from '@loket/contracts/cases.js';
import type { OutboundPreview } from '@loket/contracts/outbound.js';
import { api } from '../../api/client.js';

/** @param key one uuid per composed message: asking again with the same key never sends twice */
export function sendReply(caseId: string, body: CreateReply, key: string): Promise<TimelineMessage> {
  return api(`/cases/${caseId}/messages`, { method: 'POST', body, headers: { 'idempotency-key': key } });
}

/** The answer as it would go out now; nothing is sent. */
export function previewReply(
  caseId: string,
  body: CreateReply,
  signal: AbortSignal,
): Promise<OutboundPreview> {
  return api(`/cases/${caseId}/messages/preview`, { method: 'POST', body, signal });
}

export function addNote(caseId: string, body: CreateNote, key: string): Promise<TimelineItem> {
  return api(`/cases/${caseId}/notes`, { method: 'POST', body, headers: { 'idempotency-key': key } });
}

/** Sends a failed or uncertain message again. */
export function retryMessage(id: string): Promise<TimelineMessage> {
  return api(`/messages/${id}/retry`, { method: 'POST' });
}

export function uploadFile(file: File, signal: AbortSignal): Promise<Upload> {
  const form = new FormData();
  form.set('file', file, file.name);
  return api('/attachments', { method: 'POST', body: form, signal });
}

export const rawUrl = (messageId: string) => `/api/v1/messages/${messageId}/raw`;
