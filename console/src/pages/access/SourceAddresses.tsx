// Where the contract, each role on it and each application credential may be used from.
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { useCrumbs } from '../../app/crumbs';
import { useMay } from '../../app/rights';
import { ContractSources } from './ContractSources';
import { CredentialSources } from './CredentialSources';

export default function SourceAddresses() {
  const { t } = useTranslation();
  const master = useMay()('source-rule:update');
  useCrumbs({ text: t('nav.sourceAddresses') });
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={t('sources.text')}>
          {t('nav.sourceAddresses')}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {master && <ContractSources />}
        <CredentialSources everyone={master} />
      </SpaceBetween>
    </ContentLayout>
  );
}
