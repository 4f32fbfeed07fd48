// What is about to be done, as commands to copy: for the `openstack` client, and as requests by curl.
import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Act } from '../api/act';
import { clientCommands, curlCommands } from '../api/commands';

/** Asks the client for a token for curl. */
const TOKEN = 'export OS_TOKEN=$(openstack token issue -f value -c id)';

export function Commands({ acts }: { acts: readonly Act[] }) {
  const { t } = useTranslation();
  const client = clientCommands(acts);
  const [chosen, setChosen] = useState<'client' | 'curl'>('client');
  const kind = client === null ? 'curl' : chosen;
  const text = kind === 'client' ? (client ?? '') : curlCommands(acts, window.location.origin);
  return (
    <SpaceBetween size="xs">
      {client === null ? (
        <Box color="text-body-secondary">{t('commands.noClient')}</Box>
      ) : (
        <SegmentedControl
          label={t('commands.kind')}
          selectedId={kind}
          onChange={({ detail }) => setChosen(detail.selectedId === 'curl' ? 'curl' : 'client')}
          options={[
            { id: 'client', text: t('commands.client') },
            { id: 'curl', text: t('commands.curl') },
          ]}
        />
      )}
      {/* A long line scrolls; with the keyboard too. */}
      <pre className="commands" tabIndex={0} role="region" aria-label={t(`commands.${kind}`)} data-commands={kind}>
        {text}
      </pre>
      <CopyToClipboard
        copyButtonText={t('commands.copy')}
        copySuccessText={t('commands.copied')}
        copyErrorText={t('commands.notCopied')}
        textToCopy={text}
      />
      <Box fontSize="body-s" color="text-body-secondary">
        {t(kind === 'client' ? 'commands.clientHint' : 'commands.curlHint', { command: TOKEN })}
      </Box>
    </SpaceBetween>
  );
}
