// From where tunnels may be opened, in a contract whose plan wants its addresses and its tunnels both.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Textarea from '@cloudscape-design/components/textarea';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeTunnelSources } from '../../api/access';
import { queries } from '../../api/queries';
import { Dialog } from '../../ui/Dialog';
import { prefixesOf, textOf } from './prefixes';
import { SourceFailure } from './SourceFailure';

export function TunnelSources({ prefixes }: { prefixes: readonly string[] }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={t('sources.tunnels.text')}
          actions={
            <Button ariaLabel={t('nav.named', { name: t('common.edit'), value: t('sources.tunnels.title') })} onClick={() => setEditing(true)}>
              {t('common.edit')}
            </Button>
          }
        >
          {t('sources.tunnels.title')}
        </Header>
      }
    >
      {prefixes.map((prefix) => (
        <div key={prefix}>
          <code>{prefix}</code>
        </div>
      ))}
      {editing && <EditTunnelSources prefixes={prefixes} onClose={() => setEditing(false)} />}
    </Container>
  );
}

function EditTunnelSources({ prefixes, onClose }: { prefixes: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [text, setText] = useState(() => textOf(prefixes));
  const wanted = prefixesOf(text);
  return (
    <Dialog
      title={t('sources.tunnels.edit')}
      submit={t('common.save')}
      disabled={wanted.length === 0}
      failure={(error) => <SourceFailure error={error} lockOut={t('sources.tunnels.lockOut')} />}
      acts={[changeTunnelSources.describe(wanted)]}
      onSubmit={async () => {
        client.setQueryData(queries.sourceRules().queryKey, await changeTunnelSources(wanted));
        onClose();
      }}
      onClose={onClose}
    >
      <Box>{t('sources.tunnels.editText')}</Box>
      <FormField label={t('sources.tunnels.title')} description={t('sources.tunnels.hint')}>
        <Textarea value={text} onChange={({ detail }) => setText(detail.value)} rows={4} spellcheck={false} name="tunnels-from" />
      </FormField>
    </Dialog>
  );
}
