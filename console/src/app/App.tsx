// The outermost frame: language, data cache, address; the stand-alone consoles and the way into a contract need no session, everything else does.
import { I18nProvider } from '@cloudscape-design/components/i18n';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { ApiError } from '../api/http';
import { rememberLanguage, speak, type Language, type Messages } from '../i18n';
import { Waiting } from '../ui/Waiting';
import { LanguageContext } from './language';
import { SessionGate } from './SessionGate';

const Apply = lazy(() => import('../pages/apply/Apply'));
const FollowApplication = lazy(() => import('../pages/apply/FollowApplication'));
const VerifyAddress = lazy(() => import('../pages/apply/VerifyAddress'));
const Welcome = lazy(() => import('../pages/apply/Welcome'));
const ForgotPassword = lazy(() => import('../pages/login/ForgotPassword'));
const ConfirmAddress = lazy(() => import('../pages/login/ConfirmAddress'));
const ResetPassword = lazy(() => import('../pages/login/ResetPassword'));
const SignInStart = lazy(() => import('../pages/login/SignInStart'));
const SignInReturn = lazy(() => import('../pages/login/SignInReturn'));
const OpenPassword = lazy(() => import('../pages/login/OpenPassword'));
const PublicLedger = lazy(() => import('../pages/ledger/PublicLedger'));
const SubscriptionLink = lazy(() => import('../pages/ledger/SubscriptionLink'));
const StandAloneConsole = lazy(() => import('../pages/console/StandAloneConsole'));

function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // An answer that says no is an answer; only silence and overload are worth asking again at once.
        retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
        retryDelay: 1_000,
        refetchOnWindowFocus: true,
      },
    },
  });
}

export function App({ language: first, messages: firstMessages }: { language: Language; messages: Messages }) {
  const [client] = useState(newQueryClient);
  const [{ language, messages }, setSpoken] = useState({ language: first, messages: firstMessages });
  const choice = useMemo(
    () => ({
      language,
      change: (next: Language) => {
        rememberLanguage(next);
        void speak(next).then((loaded) => setSpoken({ language: next, messages: loaded }));
      },
    }),
    [language],
  );
  return (
    <LanguageContext value={choice}>
      <I18nProvider locale={language} messages={[messages]}>
        <QueryClientProvider client={client}>
          <BrowserRouter>
            <Suspense fallback={<Waiting />}>
              <Routes>
                <Route path="/console/:kind" element={<StandAloneConsole />} />
                <Route path="/apply" element={<Apply />} />
                <Route path="/apply/verify" element={<VerifyAddress />} />
                <Route path="/application" element={<FollowApplication />} />
                <Route path="/welcome" element={<Welcome />} />
                <Route path="/forgot-password" element={<ForgotPassword />} />
                <Route path="/reset-password" element={<ResetPassword />} />
                <Route path="/confirm-address" element={<ConfirmAddress />} />
                <Route path="/open-password" element={<OpenPassword />} />
                <Route path="/sign-in" element={<SignInStart />} />
                <Route path="/sign-in/return" element={<SignInReturn />} />
                <Route path="/sign-in/:key" element={<SignInStart />} />
                <Route path="/ledger" element={<PublicLedger />} />
                <Route path="/ledger/verify" element={<SubscriptionLink />} />
                <Route path="/ledger/unsubscribe" element={<SubscriptionLink ends />} />
                <Route path="*" element={<SessionGate />} />
              </Routes>
            </Suspense>
          </BrowserRouter>
        </QueryClientProvider>
      </I18nProvider>
    </LanguageContext>
  );
}
