// The notices above a page; they stay while the visitor moves on to another page.
import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { failureText } from '../ui/Failure';

export interface Notice {
  id: string;
  type: FlashbarProps.Type;
  header?: ReactNode;
  content?: ReactNode;
  action?: ReactNode;
  loading?: boolean;
  dismissible?: boolean;
}

interface Notices {
  /** Shows a notice; one with the same id takes the place of the earlier. */
  show: (notice: Notice) => void;
  dismiss: (id: string) => void;
  /** Says that something did not work, with the service's own reason. */
  failed: (header: string, error: unknown) => void;
}

const NoticesContext = createContext<Notices | null>(null);
const NoticeListContext = createContext<readonly Notice[]>([]);

export function NoticesProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [list, setList] = useState<readonly Notice[]>([]);
  const show = useCallback((notice: Notice) => {
    setList((before) => {
      const known = before.findIndex((each) => each.id === notice.id);
      return known < 0 ? [notice, ...before] : before.with(known, notice);
    });
  }, []);
  const dismiss = useCallback((id: string) => setList((before) => before.filter((each) => each.id !== id)), []);
  const failed = useCallback(
    (header: string, error: unknown) => show({ id: crypto.randomUUID(), type: 'error', header, content: failureText(t, error) }),
    [show, t],
  );
  const notices = useMemo(() => ({ show, dismiss, failed }), [show, dismiss, failed]);
  return (
    <NoticesContext value={notices}>
      <NoticeListContext value={list}>{children}</NoticeListContext>
    </NoticesContext>
  );
}

export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (!notices) throw new Error('useNotices outside of NoticesProvider');
  return notices;
}

export function useNoticeList(): FlashbarProps.MessageDefinition[] {
  const list = useContext(NoticeListContext);
  const { dismiss } = useNotices();
  const { t } = useTranslation();
  return list.map((notice) => ({
    ...notice,
    ariaRole: notice.type === 'error' ? 'alert' : 'status',
    dismissible: notice.dismissible ?? !notice.loading,
    dismissLabel: t('common.dismiss'),
    onDismiss: () => dismiss(notice.id),
  }));
}
