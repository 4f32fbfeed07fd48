// What stands where a list has nothing to show: why, and what to do.
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

export function Empty({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <Box textAlign="center" color="inherit" margin={{ vertical: 'l' }}>
      <SpaceBetween size="xs">
        <Box variant="strong" color="inherit">
          {title}
        </Box>
        <Box color="text-body-secondary">{text}</Box>
        {children}
      </SpaceBetween>
    </Box>
  );
}
