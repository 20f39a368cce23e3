/**
 * What operations may move or set, by table and column. Closed on purpose: names of tables and columns in the ledger's SQL
 * come from here and nowhere else.
 *
 * `place`: where something belongs. An undo is refused when a later operation moved it on. · `field`: a value that people
 * change too. An undo takes back only what nobody changed since.
 */
export interface LedgerColumn {
  kind: 'place' | 'field';
  type: 'uuid' | 'text' | 'text[]' | 'boolean' | 'timestamptz';
  /** columns of one row that are moved for one purpose; operations on different aspects do not stand in each other's way */
  aspect: 'case' | 'conversation' | 'customer' | 'incident' | null;
}

const place = (aspect: NonNullable<LedgerColumn['aspect']>, type: LedgerColumn['type'] = 'uuid') =>
  ({ kind: 'place', type, aspect }) as const satisfies LedgerColumn;
const field = (type: LedgerColumn['type']) => ({ kind: 'field', type, aspect: null }) as const;

export const ledgerTables = {
  cases: {
    merged_into_id: place('case'),
    customer_id: place('customer'),
    incident_id: place('incident'),
    status: field('text'),
    priority: field('text'),
    assignee_id: field('uuid'),
    team_id: field('uuid'),
    tags: field('text[]'),
    subject: field('text'),
    waiting_since: field('timestamptz'),
    snoozed_until: field('timestamptz'),
    resolved_at: field('timestamptz'),
  },
  threads: { case_id: place('case'), conversation: place('conversation', 'text') },
  messages: { case_id: place('case'), thread_id: place('case'), customer_id: place('customer') },
  notes: { case_id: place('case') },
  customers: {
    merged_into_id: place('customer'),
    name: field('text'),
    organization_id: field('uuid'),
    language: field('text'),
  },
  identities: {
    customer_id: place('customer'),
    resolves: field('boolean'),
    shared: field('boolean'),
    proof: field('text'),
    source: field('text'),
  },
  incidents: { title: field('text'), status: field('text'), resolved_at: field('timestamptz') },
} as const satisfies Record<string, Record<string, LedgerColumn>>;

export type LedgerTable = keyof typeof ledgerTables;
export type ColumnOf<T extends LedgerTable> = keyof (typeof ledgerTables)[T] & string;
export type LedgerValue = string | boolean | Date | readonly string[] | null;

/**
 * Tables without an id of their own: a row is known by its owner and by a name that is unique within the owner.
 * Operations move rows between owners.
 */
export const ownedTables = {
  thread_refs: { owner: 'thread_id', name: 'ref', nameType: 'text' },
  incident_deliveries: { owner: 'case_id', name: 'update_id', nameType: 'uuid' },
} as const;
export type OwnedTable = keyof typeof ownedTables;

/** @throws Error when a row of the ledger names a column that is not in the list: a defect, or a ledger written by hand */
export function ledgerColumn(table: string, column: string): LedgerColumn {
  const columns: Record<string, Record<string, LedgerColumn>> = ledgerTables;
  const found = Object.hasOwn(columns, table) ? columns[table] : undefined;
  const known = found && Object.hasOwn(found, column) ? found[column] : undefined;
  if (!known) throw new Error(`the ledger knows no column ${table}.${column}`);
  return known;
}
