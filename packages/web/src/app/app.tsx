import { RouterProvider } from '@tanstack/react-router';
import { router } from './routes.tsx';

/** The whole app. */
export function App() {
  return <RouterProvider router={router} />;
}
