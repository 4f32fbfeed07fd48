// Which entry of a register is open: it stands in the page's address, so that one entry can lead to another, and a link to it can be kept.
import { useSearchParams } from 'react-router';

export function useShown(): [string | null, (id: string | null) => void] {
  const [address, setAddress] = useSearchParams();
  return [
    address.get('open'),
    (id) =>
      setAddress((before) => {
        const after = new URLSearchParams(before);
        if (id) after.set('open', id);
        else after.delete('open');
        return after;
      }),
  ];
}
