// Where a one-time code or a recovery code is typed; browsers and phones offer what they know.
import Input from '@cloudscape-design/components/input';

interface CodeInputProps {
  value: string;
  onChange: (value: string) => void;
}

export function CodeInput({ value, onChange }: CodeInputProps) {
  return (
    <Input value={value} onChange={({ detail }) => onChange(detail.value)} name="one-time-code" autoComplete="one-time-code" spellcheck={false} autoFocus />
  );
}
