// A new mail address of one's own: asked for with password and second factor, registered once the link in the mail to it was opened.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askAddress, type SecondFactor } from '../../api/account';
import { useNotices } from '../../app/notices';
import { ProofDialog } from './ProofDialog';

export function ChangeAddress({ second, onClose, onDone }: { second: SecondFactor; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const { show } = useNotices();
  const [email, setEmail] = useState('');
  return (
    <ProofDialog
      title={t('account.address.change')}
      submit={t('account.address.send')}
      second={second}
      disabled={!email.trim()}
      onSubmit={async (proof) => {
        await askAddress(email.trim(), proof);
        show({ id: 'address', type: 'info', header: t('account.address.asked'), content: t('account.address.askedText', { email: email.trim() }) });
        onDone();
        onClose();
      }}
      onClose={onClose}
    >
      <span>{t('account.address.text')}</span>
      <FormField label={t('account.address.fresh')}>
        <Input value={email} onChange={({ detail }) => setEmail(detail.value)} type="email" name="email" autoComplete="email" inputMode="email" />
      </FormField>
    </ProofDialog>
  );
}
