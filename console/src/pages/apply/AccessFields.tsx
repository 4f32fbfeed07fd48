// What a plan asks of its applicants about the ways in: the addresses they come from, and who gets an account for the SSL-VPN.
import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Textarea from '@cloudscape-design/components/textarea';
import { useTranslation } from 'react-i18next';
import type { OfferedPlan, VpnUser } from '../../api/contract';

interface AccessFieldsProps {
  plan: OfferedPlan | undefined;
  addresses: string;
  onAddresses: (text: string) => void;
  addressesError: string;
  vpnUsers: readonly VpnUser[];
  onVpnUsers: (users: VpnUser[]) => void;
}

export function AccessFields({ plan, addresses, onAddresses, addressesError, vpnUsers, onVpnUsers }: AccessFieldsProps) {
  const { t } = useTranslation();
  const change = (index: number, field: keyof VpnUser) => (value: string) =>
    onVpnUsers(vpnUsers.map((user, each) => (each === index ? { ...user, [field]: value } : user)));
  return (
    <>
      {plan?.portalAccess.includes('source-addresses') && (
        <FormField label={t('apply.addresses')} description={t('apply.addressesHint')} errorText={addressesError} stretch>
          <Textarea value={addresses} onChange={({ detail }) => onAddresses(detail.value)} rows={3} spellcheck={false} placeholder="198.51.100.0/24" />
        </FormField>
      )}
      {plan?.portalAccess.includes('ssl-vpn') && (
        <FormField label={t('apply.vpnUsers')} description={t('apply.vpnUsersHint')} stretch>
          <AttributeEditor
            items={vpnUsers}
            definition={[
              {
                label: t('login.user'),
                control: (user: VpnUser, index) => (
                  <Input
                    value={user.name}
                    onChange={({ detail }) => change(index, 'name')(detail.value)}
                    ariaLabel={t('login.user')}
                    spellcheck={false}
                  />
                ),
              },
              {
                label: t('apply.email'),
                control: (user: VpnUser, index) => (
                  <Input
                    value={user.email}
                    onChange={({ detail }) => change(index, 'email')(detail.value)}
                    ariaLabel={t('apply.email')}
                    type="email"
                    spellcheck={false}
                  />
                ),
              },
            ]}
            addButtonText={t('apply.addVpnUser')}
            removeButtonText={t('apply.removeVpnUser')}
            onAddButtonClick={() => onVpnUsers([...vpnUsers, { name: '', email: '' }])}
            onRemoveButtonClick={({ detail }) => onVpnUsers(vpnUsers.filter((_, index) => index !== detail.itemIndex))}
            empty={t('apply.noVpnUsers')}
          />
        </FormField>
      )}
    </>
  );
}
