import { lazy, Suspense } from 'react';
import { Skeleton } from '../feedback/skeleton.tsx';
import type { PeoplePickerProps } from './person.ts';

const Field = lazy(() => import('./people-picker-field.tsx'));

/** Chooses people by typing parts of their names; comes late, like everything that opens a list. */
export function PeoplePicker(props: PeoplePickerProps) {
  return (
    <Suspense fallback={<Skeleton rows={1} />}>
      <Field {...props} />
    </Suspense>
  );
}
