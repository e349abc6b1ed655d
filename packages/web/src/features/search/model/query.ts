/** What a message has. */
const MARKS = ['link', 'reaction', 'pin', 'file'] as const;
export type SearchMark = (typeof MARKS)[number];
const isMark = (mark: string): mark is SearchMark => (MARKS as readonly string[]).includes(mark);

/** What is searched for, as it stands in the address. */
export interface SearchQuery {
  q?: string | undefined;
  in?: string | undefined;
  from?: string | undefined;
  after?: string | undefined;
  before?: string | undefined;
  has?: SearchMark[] | undefined;
  order?: 'newest' | 'best' | undefined;
}

/** The address of a search: only what is set. */
export function searchAddress({ has, ...query }: SearchQuery): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) params.set(name, value);
  for (const mark of has ?? []) params.append('has', mark);
  const text = params.toString();
  return text === '' ? '/search' : `/search?${text}`;
}

/** Reads it again; what is not of its form is left out. */
export function readSearch(params: URLSearchParams): SearchQuery {
  const marks = params.getAll('has').filter(isMark);
  const day = (name: string) => (/^\d{4}-\d{2}-\d{2}$/.test(params.get(name) ?? '') ? params.get(name) : undefined);
  const order = params.get('order');
  return clean({
    q: params.get('q'),
    in: params.get('in'),
    from: params.get('from'),
    after: day('after'),
    before: day('before'),
    has: marks.length > 0 ? marks : undefined,
    order: order === 'best' || order === 'newest' ? order : undefined,
  });
}

/** True when there is something to search for. */
export const asksSomething = ({ order: _, ...query }: SearchQuery): boolean =>
  Object.values(query).some((value) => value !== undefined && value.length > 0);

function clean(query: { [Name in keyof SearchQuery]: SearchQuery[Name] | null }): SearchQuery {
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}
