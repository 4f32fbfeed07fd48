// Shows the commands of what is done at the press of a button, without a dialog in between.
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Act } from '../api/act';
import { Commands } from './Commands';

export interface Told {
  /** What the button says. */
  text: string;
  acts: readonly Act[];
}

export function CommandsButton({ actions }: { actions: readonly Told[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (actions.length === 0) return null;
  return (
    <>
      <Button variant="icon" iconName="script" ariaLabel={t('commands.title')} onClick={() => setOpen(true)} />
      {open && <CommandsOf actions={actions} onClose={() => setOpen(false)} />}
    </>
  );
}

export function CommandsOf({ actions, onClose }: { actions: readonly Told[]; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal visible size="large" header={t('commands.title')} onDismiss={onClose} footer={<Button onClick={onClose}>{t('common.close')}</Button>}>
      <SpaceBetween size="l">
        {actions.map(({ text, acts }) => (
          <section key={text}>
            <Header variant="h3">{text}</Header>
            <Commands acts={acts} />
          </section>
        ))}
      </SpaceBetween>
    </Modal>
  );
}
