import type { Role } from '@loket/contracts/access.js';

/** Somebody to be invited, as typed so far. */
export interface Guest {
  key: string;
  name: string;
  email: string;
  role: Role;
}

let keys = 0;

export function emptyGuest(): Guest {
  return { key: String(++keys), name: '', email: '', role: 'agent' };
}

/** A row that nobody has written in is nobody. */
export function isBlank({ name, email }: Guest): boolean {
  return !name.trim() && !email.trim();
}

/** Which fields are not right yet. */
export function problemsOf({ name, email }: Guest): ('name' | 'email')[] {
  const problems: ('name' | 'email')[] = [];
  if (!name.trim()) problems.push('name');
  if (!/^\S+@\S+\.\S+$/.test(email.trim())) problems.push('email');
  return problems;
}
