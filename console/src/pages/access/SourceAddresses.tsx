// Where the contract, each role on it and each application credential may be used from.
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { useMay } from '../../app/rights';
import { ContractSources } from './ContractSources';
import { CredentialSources } from './CredentialSources';
import { TunnelSources } from './TunnelSources';

export default function SourceAddresses() {
  const { t } = useTranslation();
  const master = useMay()('source-rule:update');
  const tunnelsFrom = useQuery({ ...queries.sourceRules(), enabled: master }).data?.tunnelsFrom;
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
        {tunnelsFrom && <TunnelSources prefixes={tunnelsFrom} />}
        <CredentialSources everyone={master} />
      </SpaceBetween>
    </ContentLayout>
  );
}
