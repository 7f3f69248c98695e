import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError } from './api/errors.ts';
import { router } from './router.tsx';
import { LanguageProvider } from './shell/language.tsx';
import { ThemeProvider } from './shell/theme.tsx';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // Hints of the server say when something has changed; in between, what was read a moment ago is still true.
      staleTime: 5_000,
      // A refusal stays a refusal. Only what was never answered is asked again.
      retry: (failures, fault) => failures < 2 && fault instanceof ApiError && fault.status === 0,
    },
  },
});

const place = document.getElementById('portal');
if (place === null) throw new Error('The page has no place for the portal');

createRoot(place).render(
  <StrictMode>
    <ThemeProvider>
      <LanguageProvider>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </LanguageProvider>
    </ThemeProvider>
  </StrictMode>,
);
