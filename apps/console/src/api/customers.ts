import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CaseSummary } from '@loket/contracts/cases.js';
import type { Customer, UpdateCustomer } from '@loket/contracts/customers.js';
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

export function useUpdateCustomer(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: UpdateCustomer) => api<Customer>(`/customers/${id}`, { method: 'PATCH', body }),
    onSuccess: (customer) => client.setQueryData(keys.customer(id), customer),
  });
}
