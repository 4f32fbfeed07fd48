// A dialog with a form: sends on Enter, shows why it did not work, stays open until it did.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Act } from '../api/act';
import { CommandsFold } from './CommandsFold';
import { Failure } from './Failure';

interface DialogProps {
  title: string;
  submit: string;
  disabled?: boolean;
  size?: 'small' | 'medium' | 'large';
  /** What is sent on submission, to be shown as commands. */
  acts?: readonly Act[];
  children: ReactNode;
  /** How a refusal is told; otherwise in the service's own words. */
  failure?: (error: unknown) => ReactNode;
  /** Where it stands in the page, when not at its end: what fills the screen shows nothing else. */
  root?: HTMLElement | null;
  onSubmit: () => Promise<unknown>;
  onClose: () => void;
}

export function Dialog({ title, submit, disabled = false, size = 'medium', acts = [], children, failure, root, onSubmit, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async () => {
    if (disabled || busy) return;
    setBusy(true);
    setError(null);
    try {
      await onSubmit();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const sent = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  return (
    <Modal
      visible
      {...(root ? { modalRoot: root } : {})}
      size={size}
      header={title}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button variant="primary" disabled={disabled} loading={busy} onClick={() => void send()}>
              {submit}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form onSubmit={sent}>
        <SpaceBetween size="m">
          {children}
          {!disabled && <CommandsFold acts={acts} />}
          {failure ? failure(error) : <Failure error={error} />}
          {/* Enter sends; the buttons stand in the footer. */}
          <button type="submit" hidden />
        </SpaceBetween>
      </form>
    </Modal>
  );
}
