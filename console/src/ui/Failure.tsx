// Says in words why a request did not work and what to do next, with the request's id for the support desk.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, PROOF_TOO_OLD } from '../api/http';

/** Refusals with a name whose sentence stands here, in the visitor's language. */
const NAMED = ['BreakGlassRequired', 'BreakGlassForHostRequired', 'HostReasonMissing', 'ReasonMissing', 'EventDropped', 'PdfTooLong'] as const;

function hint(t: TFunction, error: ApiError): string {
  if (NAMED.some((name) => name === error.code)) return '';
  if (error.bySource || error.code === PROOF_TOO_OLD) return '';
  if (error.status === 0) return t(navigator.onLine ? 'failure.unreachable' : 'failure.offline');
  if (error.status === 401) return t('failure.session');
  if (error.status === 403) return t('failure.forbidden');
  if (error.status === 404) return t('failure.notFound');
  if (error.status === 429) return t('failure.tooMany');
  if (error.status >= 500) return t('failure.server');
  return '';
}

/** The reason, for the inside of an alert. */
export function failureText(t: TFunction, error: unknown): ReactNode {
  if (!(error instanceof ApiError)) return t('failure.unknown');
  const named = NAMED.find((name) => name === error.code);
  const lines = [named ? t(`failure.named.${named}`) : error.message, hint(t, error)].filter((line) => line !== '');
  return (
    <>
      {lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
      {error.requestId && (
        <Box fontSize="body-s" color="inherit">
          {t('failure.requestId', { id: error.requestId })}
        </Box>
      )}
    </>
  );
}

interface FailureProps {
  error: unknown;
  header?: string | undefined;
  onRetry?: () => void;
}

/** An alert with the reason; renders nothing when there is no error. */
export function Failure({ error, header, onRetry }: FailureProps) {
  const { t } = useTranslation();
  if (!error) return null;
  return (
    <Alert
      type="error"
      header={header ?? t('failure.header')}
      action={onRetry && <Button onClick={onRetry}>{t('common.retry')}</Button>}
    >
      {failureText(t, error)}
    </Alert>
  );
}
