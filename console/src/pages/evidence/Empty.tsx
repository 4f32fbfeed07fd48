// What stands in an empty register: what it is for, and how it begins.
import Box from '@cloudscape-design/components/box';

export function Empty({ title, text }: { title: string; text: string }) {
  return (
    <Box textAlign="center" padding="l">
      <Box variant="strong">{title}</Box>
      <Box variant="p" color="text-body-secondary">
        {text}
      </Box>
    </Box>
  );
}
