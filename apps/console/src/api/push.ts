import { useQuery } from '@tanstack/react-query';
import type { PushState } from '@loket/contracts/push.js';
import { api } from './client.js';
import { keys } from './keys.js';

/** Whether this server pushes at all. */
export function usePushState() {
  return useQuery({
    queryKey: keys.push,
    queryFn: ({ signal }) => api<PushState>('/me/push', { signal }),
    staleTime: Infinity,
  });
}

/** Which subscription this browser has, and whose: on a shared machine the next person has to ask for his own. */
const storageKey = 'loket-push';

interface Kept {
  id: string;
  agentId: string;
}

function kept(): Kept | null {
  const text = localStorage.getItem(storageKey);
  return text ? (JSON.parse(text) as Kept) : null;
}

export function canPush(): boolean {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
}

async function currentSubscription(): Promise<PushSubscription | null> {
  if (!canPush() || Notification.permission !== 'granted') return null;
  const worker = await navigator.serviceWorker.getRegistration();
  return (await worker?.pushManager.getSubscription()) ?? null;
}

/** This browser takes pushes for this person, as far as it knows itself. */
export async function pushesHere(agentId: string): Promise<boolean> {
  return kept()?.agentId === agentId && (await currentSubscription()) !== null;
}

async function tell(agentId: string, subscription: PushSubscription): Promise<void> {
  const { endpoint, keys: secrets } = subscription.toJSON();
  const body = { endpoint, keys: { p256dh: secrets?.['p256dh'], auth: secrets?.['auth'] } };
  const { id } = await api<{ id: string }>('/me/push/subscriptions', { method: 'POST', body });
  localStorage.setItem(storageKey, JSON.stringify({ id, agentId } satisfies Kept));
}

/** @returns false when the person does not allow notifications. @throws ApiError, or what the browser says */
export async function startPush(agentId: string, publicKey: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false;
  const worker = await navigator.serviceWorker.ready;
  const subscription = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  });
  await tell(agentId, subscription);
  return true;
}

/** A subscription ends with the session: after he signed in again, the same person goes on without asking anew. */
export async function renewPush(agentId: string): Promise<void> {
  if (kept()?.agentId !== agentId) return;
  const subscription = await currentSubscription();
  if (subscription) await tell(agentId, subscription);
}

/** Also when the server cannot be told: a browser that no longer takes pushes is forgotten there at the next one. */
export async function stopPush(): Promise<void> {
  const id = kept()?.id;
  localStorage.removeItem(storageKey);
  await (await currentSubscription())?.unsubscribe();
  if (id) await api<void>(`/me/push/subscriptions/${id}`, { method: 'DELETE' });
}
