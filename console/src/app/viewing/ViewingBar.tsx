// Above every page of a view as customer: whose view it is, until when, and the way out of it.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../api/session';
import { useFormat } from '../../ui/useFormat';
import { leaveView } from './leaveView';

/** milliseconds */
const LOOK_EVERY = 10_000;
const TRY_AGAIN = 30_000;

export function ViewingBar({ session }: { session: Session }) {
  const { viewing } = session;
  return viewing ? <Bar contract={viewing.contract} project={session.project?.name ?? ''} until={viewing.until} /> : null;
}

function Bar({ contract, project, until }: { contract: string; project: string; until: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const end = new Date(until).getTime();
  const [now, setNow] = useState(() => Date.now());
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const leave = () => {
    setBusy(true);
    setFailed(false);
    leaveView().catch(() => {
      setBusy(false);
      setFailed(true);
    });
  };
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), LOOK_EVERY);
    // The service refuses from then on; the page does not stand there as if it still showed something.
    let over: number | undefined;
    const leaveThen = () => {
      leaveView().catch(() => {
        over = window.setTimeout(leaveThen, TRY_AGAIN);
      });
    };
    over = window.setTimeout(leaveThen, Math.max(0, end - Date.now()));
    return () => {
      window.clearInterval(timer);
      window.clearTimeout(over);
    };
  }, [end]);
  const minutes = Math.max(0, Math.ceil((end - now) / 60_000));
  return (
    <section className="viewing-bar" aria-label={t('viewing.bar')}>
      <div>
        <strong>{t(contract === project ? 'viewing.of' : 'viewing.ofProject', { contract, project })}</strong> {t('viewing.readOnly')}{' '}
        <span>{t('viewing.until', { time: format.clock(end), minutes })}</span>
      </div>
      {failed && <div role="alert">{t('viewing.notEnded')}</div>}
      <button type="button" onClick={leave} disabled={busy}>
        {t('viewing.end')}
      </button>
    </section>
  );
}
