import { expect, it } from 'vitest';
import { taskAddresses } from './address.ts';

const id = '0190b8a0-0000-7000-8000-000000000001';
const other = '0190b8a0-0000-7000-8000-000000000002';
const find = taskAddresses('http://localhost:3000/');

it('finds tasks by URLs of this server only', () => {
  expect(find(`See http://localhost:3000/tasks/${id}, (http://localhost:3000/tasks/${other.toUpperCase()})`)).toEqual([
    id,
    other,
  ]);
  expect(find(`http://localhost:3000/tasks/${id}?tab=time http://localhost:3000/tasks/${id}`)).toEqual([id]);
  expect(find(`https://evil.example/tasks/${id} /tasks/${id} http://localhost:3000/tasks/${id}0`)).toEqual([]);
});

it('finds ten at most', () => {
  const ids = Array.from({ length: 20 }, (_, at) => `0190b8a0-0000-7000-8000-0000000000${10 + at}`);
  expect(find(ids.map((each) => `http://localhost:3000/tasks/${each}`).join(' '))).toEqual(ids.slice(0, 10));
});
