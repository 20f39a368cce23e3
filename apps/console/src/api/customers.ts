import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CaseSummary } from '@loket/contracts/cases.js';
import type { AddIdentity, Customer, UpdateCustomer } from '@loket/contracts/customers.js';
import type { Page } from '@loket/contracts/primitives.js';
import { api } from './client.js';
import { keys } from './keys.js';

export function useCustomer(id: string | undefined) {
  return useQuery({
    queryKey: keys.customer(id ?? ''),
    queryFn: ({ signal }) => api<Customer>(`/customers/${id}`, { signal }),
    enabled: id !== undefined,
  });
}

/** The newest cases of one customer, whatever their status. */
export function useCustomerCases(id: string | undefined) {
  return useQuery({
    queryKey: keys.customerCases(id ?? ''),
    queryFn: ({ signal }) =>
      api<Page<CaseSummary>>('/cases', { query: { customer: id, status: 'all', limit: 20 }, signal }),
    enabled: id !== undefined,
    staleTime: 30_000,
  });
}

/** By name or address; nothing is asked for an empty search. */
export function useFindCustomers(q: string) {
  return useQuery({
    queryKey: [...keys.customers, 'find', q],
    queryFn: ({ signal }) => api<Page<Customer>>('/customers', { query: { q, limit: 20 }, signal }),
    enabled: q !== '',
    staleTime: 30_000,
  });
}

export function useAddIdentity(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: AddIdentity) => api<Customer>(`/customers/${id}/identities`, { method: 'POST', body }),
    onSuccess: (customer) => {
      client.setQueryData(keys.customer(id), customer);
      // there may be new ways to answer
      void client.invalidateQueries({ queryKey: keys.cases });
    },
  });
}

export function useUpdateCustomer(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateCustomer) => api<Customer>(`/customers/${id}`, { method: 'PATCH', body }),
    onSuccess: (customer) => client.setQueryData(keys.customer(id), customer),
  });
}
